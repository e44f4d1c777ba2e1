"""The sample city in and out."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from pages.content.files import ContentError
from pages.content.markup import inline_html, paragraphs_html, plain
from pages.models import Place, PlainPage, RightsGuide, TopicPage
from pages.services.load_sample import load_sample
from pages.services.remove_sample import remove_sample

from .conftest import DATA, EVICTION, page_of


@pytest.mark.usefixtures("city")
def test_loading_again_doubles_nothing_and_keeps_what_editors_wrote(client: Client) -> None:
    page = page_of("eviction-notice", "km")
    page.summary = "អ្នកកែសម្រួលបានសរសេរ"
    page.save_revision().publish()
    before = set(Page.objects.values_list("pk", flat=True)), Place.objects.count()
    load_sample(folder=DATA, data=False)
    assert (set(Page.objects.values_list("pk", flat=True)), Place.objects.count()) == before
    assert "អ្នកកែសម្រួលបានសរសេរ" in client.get(f"/km/{EVICTION}").content.decode()


@pytest.mark.usefixtures("city")
def test_loading_again_with_refresh_writes_what_the_files_say(client: Client) -> None:
    page = page_of("eviction-notice", "km")
    page.summary = "អ្នកកែសម្រួលបានសរសេរ"
    page.save_revision().publish()
    load_sample(folder=DATA, data=False, refresh=True)
    assert page_of("eviction-notice", "km").summary == "អ្នកមានសិទ្ធិសួរមូលហេតុ និងសុំពេលវេលា។"
    assert RightsGuide.objects.count() == 3


@pytest.mark.usefixtures("city")
def test_taking_the_sample_out_leaves_a_working_portal_and_what_people_made(client: Client) -> None:
    own = PlainPage(title="ព័ត៌មានរបស់យើង", slug="ours")
    page_of("health", "km").add_child(instance=own)
    remove_sample()
    assert client.get("/km/health/ours/").status_code == 200
    assert not RightsGuide.objects.exists()
    assert not Place.objects.filter(is_sample=True).exists()
    assert list(TopicPage.objects.values_list("slug", "is_sample")) == [("health", False)]
    for language in ("km", "en", "zh-hans"):
        assert client.get(f"/{language}/").status_code == 200
        assert client.get(f"/{language}/privacy/").status_code == 200


@pytest.mark.django_db
def test_an_empty_portal_works_in_three_languages(client: Client) -> None:
    out = StringIO()
    call_command("setup_site", stdout=out)
    call_command("setup_site", stdout=out)
    for language, name in (("km", "ព្រះសីហនុសម្រាប់ទាំងអស់គ្នា"), ("en", "Sihanoukville for All"), ("zh-hans", "西哈努克市，人人共享")):
        assert name in client.get(f"/{language}/").content.decode()
        for slug in ("about", "accessibility", "open-data", "privacy"):
            answer = client.get(f"/{language}/{slug}/")
            assert answer.status_code == 200
            assert answer.context["reading"].content_language == language
            assert not answer.context["is_sample"]


@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("guides/a.yaml", "type: tale\ntopic: health\nslug: a\ntitle: {km: ក}", "service, rights or health"),
        ("guides/a.yaml", "type: health\ntopic: nowhere\nslug: a\ntitle: {km: ក}", "no topic"),
        ("guides/a.yaml", "type: health\ntopic: health\nslug: a\ntitle: {fr: Santé}", "no such language"),
        ("guides/a.yaml", "type: health\ntopic: health\nslug: a\ntitle: {en: Health}", "missing in Khmer"),
        ("topics/a.yaml", "slug: a", "title is missing"),
        ("topics/a.yaml", "- just\n- a list", "mapping is expected"),
        ("topics/a.yaml", "title: {km: [", "a.yaml"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    for folder in ("topics", "guides"):
        (tmp_path / folder).mkdir()
    (tmp_path / "topics" / "health.yaml").write_text((DATA / "topics" / "health.yaml").read_text())
    (tmp_path / name).write_text(text)
    with pytest.raises(ContentError, match=says):
        load_sample(folder=tmp_path, data=False)


def test_little_markup() -> None:
    assert inline_html("**កុំ** ចុះ [UN](https://un.org/?a=1&b=2)") == '<b>កុំ</b> ចុះ <a href="https://un.org/?a=1&amp;b=2">UN</a>'
    assert paragraphs_html("មួយ\n\nពីរ") == "<p>មួយ</p><p>ពីរ</p>"
    assert plain("**a** [b](/km/c/)") == "a b"


@given(st.text())
def test_no_text_becomes_markup_of_its_own(text: str) -> None:
    html = paragraphs_html(text)
    assert "<script" not in html
    for tag in html.replace("</", "<").split("<")[1:]:
        assert tag.startswith(("p>", "b>", "a>", "a href="))
