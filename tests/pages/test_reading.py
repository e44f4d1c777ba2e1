"""A page in the reader's language, or the source under a notice: never silently, never a dead end."""

import re

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction
from wagtail_localize.models import Translation

from .conftest import EVICTION, VACCINATION, page_of

pytestmark = pytest.mark.usefixtures("city")


def links(html: str, rel: str) -> dict[str, str]:
    found = re.findall(rf'<link rel="{rel}"(?: hreflang="([\w-]+)")? href="([^"]+)"', html)
    return dict(found)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("km", "ធ្វើអ្វី ពេលទទួលបានលិខិតបណ្តេញចេញ"),
        ("en", "What to do when you get an eviction notice"),
        ("zh-hans", "收到驱逐通知时该怎么办"),
    ],
)
def test_a_translated_page_is_read_in_each_language_at_one_address(client: Client, language: str, title: str) -> None:
    answer = client.get(f"/{language}/{EVICTION}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in html
    assert f'<html lang="{language}"' in html
    assert links(html, "canonical") == {"": f"http://localhost:8000/{language}/{EVICTION}"}
    assert links(html, "alternate") == {
        "km": f"http://localhost:8000/km/{EVICTION}",
        "en": f"http://localhost:8000/en/{EVICTION}",
        "zh-hans": f"http://localhost:8000/zh-hans/{EVICTION}",
        "x-default": f"http://localhost:8000/km/{EVICTION}",
    }


def test_the_language_switch_stays_on_the_page(client: Client) -> None:
    html = client.get(f"/en/{EVICTION}").content.decode()
    for code, name in (("km", "ខ្មែរ"), ("en", "English"), ("zh-hans", "简体中文")):
        assert re.search(rf'<a href="/{code}/{EVICTION}"[^>]*>{name}</a>', html)


def test_a_page_without_translation_shows_its_source_under_a_notice(client: Client) -> None:
    answer = client.get(f"/zh-hans/{VACCINATION}")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert '<html lang="zh-hans"' in html
    assert re.search(r'<article[^>]* lang="km"', html)
    assert "ចាក់វ៉ាក់សាំងឲ្យកូន" in html
    assert answer.context["reading"].is_fallback
    assert 'content="noindex"' in html
    assert links(html, "canonical") == {"": f"http://localhost:8000/km/{VACCINATION}"}
    assert set(links(html, "alternate")) == {"km", "en", "x-default"}
    assert f'href="/en/{VACCINATION}"' in html
    assert "/zh-hans/search/" in html, "the reader's own navigation"


def test_a_translation_that_is_no_longer_public_gives_way_to_the_source(client: Client) -> None:
    page_of("eviction-notice", "en").unpublish()
    answer = client.get(f"/en/{EVICTION}")
    assert answer.status_code == 200
    assert answer.context["reading"].content_language == "km"


def test_a_private_translation_gives_way_to_the_public_source(client: Client) -> None:
    page = page_of("eviction-notice", "en")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get(f"/en/{EVICTION}")
    assert answer.status_code == 200
    assert answer.context["reading"].content_language == "km"


def test_a_private_source_stands_in_for_nothing(client: Client) -> None:
    PageViewRestriction.objects.create(page=page_of("vaccination", "km"), restriction_type=PageViewRestriction.LOGIN)
    page_of("vaccination", "en").unpublish()
    assert client.get(f"/zh-hans/{VACCINATION}").status_code == 404
    assert client.get(f"/km/{VACCINATION}").status_code == 302


def test_an_alias_filed_under_another_language_counts_as_not_translated(client: Client) -> None:
    source = page_of("vaccination", "km")
    source.copy_for_translation(page_of("home-2", "zh-hans").locale, alias=True)
    answer = client.get(f"/zh-hans/{VACCINATION}")
    assert answer.context["page"].pk == source.pk
    assert answer.context["reading"].is_fallback


def test_a_page_that_exists_in_english_only_is_read_everywhere(client: Client) -> None:
    english = page_of("vaccination", "en")
    Translation.objects.filter(source__object_id=english.translation_key).delete()
    page_of("vaccination", "km").unpublish()
    answer = client.get(f"/km/{VACCINATION}")
    assert answer.status_code == 200
    assert answer.context["reading"].content_language == "en"


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_no_page_at_all_is_a_404_in_every_language(client: Client, language: str) -> None:
    assert client.get(f"/{language}/health/nothing-here/").status_code == 404


def test_lists_show_what_is_not_translated_in_its_own_language(client: Client) -> None:
    html = client.get("/zh-hans/health/").content.decode()
    assert re.search(rf'lang="km"[^>]*>.*?<a[^>]* href="/zh-hans/{VACCINATION}"', html, re.S)
    assert len(re.findall(rf'href="/zh-hans/{VACCINATION}"', html)) == 1


def test_the_home_page_leads_to_topics_questions_and_initiatives(client: Client) -> None:
    html = client.get("/en/").content.decode()
    assert f'<a href="/en/{EVICTION}">I was told to leave my home</a>' in html
    assert 'href="/en/land-and-housing/"' in html
    assert html.index('href="/en/initiatives/neighbourhood-centres/"') < html.index('href="/en/initiatives/housing-and-land/"')


def test_links_inside_a_text_stay_in_the_reader_s_language(client: Client) -> None:
    html = client.get(f"/en/{EVICTION}").content.decode()
    assert '<a href="/en/land-and-housing/legal-aid/">legal aid</a>' in html
    assert '<a href="https://www.un.org/">UN</a>' in html


def test_sample_pages_say_so_and_are_not_for_search_engines(client: Client) -> None:
    answer = client.get(f"/km/{EVICTION}")
    assert answer.context["is_sample"]
    assert 'content="noindex"' in answer.content.decode()


def test_an_unsigned_khmer_text_says_so_and_a_signed_one_names_its_reader(client: Client) -> None:
    assert client.get(f"/km/{EVICTION}").context["reading"].needs_signature
    page = page_of("eviction-notice", "km")
    page.reviewed_by = "សុខ ចាន់ដារា"
    page.save_revision().publish()
    answer = client.get(f"/km/{EVICTION}")
    assert not answer.context["reading"].needs_signature
    assert "សុខ ចាន់ដារា" in answer.content.decode()
    assert client.get(f"/zh-hans/{EVICTION}").context["reading"].needs_signature, "each language has its own signature"


def test_readers_see_dated_change_notes_in_their_language(client: Client) -> None:
    assert "Checked again" in client.get(f"/en/{EVICTION}").content.decode()
    page = page_of("eviction-notice", "km")
    page.save_revision().publish()
    page.change_note = "បានកែម៉ោងធ្វើការ"
    page.save_revision().publish()
    notes = client.get(f"/km/{EVICTION}").context["reading"].change_notes
    assert [note.note for note in notes] == ["បានកែម៉ោងធ្វើការ", "បានពិនិត្យម្តងទៀត"], "a note is told once"


def test_the_root_follows_the_browser_then_khmer(client: Client) -> None:
    assert client.get("/", headers={"accept-language": "zh-CN,zh;q=0.9"})["Location"] == "/zh-hans/"
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/km/"


@pytest.mark.parametrize("slug", ["vaccination", "privacy", "housing-and-land"])
def test_whoever_signs_a_text_is_named_on_it(client: Client, slug: str) -> None:
    page = page_of(slug, "km")
    type(page).objects.filter(pk=page.pk).update(reviewed_by="សុខ ដារ៉ា")
    if slug == "vaccination":
        type(page).objects.filter(pk=page.pk).update(reviewed_on=None)
    html = client.get(page.get_url()).content.decode()
    assert re.search("ចុះហត្ថលេខាដោយ៖ .*សុខ ដារ៉ា", html)
    assert "unsigned" not in html
