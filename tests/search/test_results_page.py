"""The results page as readers meet it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search.services.drain_outbox import drain_outbox
from search.services.mark_changed import mark_changed

from .city import Things, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def html(city: Things, client: Client) -> Callable[..., str]:
    def get(query: str = "", language: str = "km", status: int = 200) -> str:
        response = client.get(f"/{language}/search/?{query}")
        assert response.status_code == status
        return response.content.decode()

    return get


def titles(page: str) -> list[str]:
    found = re.findall(r'<li class="result">\s*<h2><a href="([^"]*)" lang="([^"]*)">(.*?)</a>', page)
    return [re.sub(r"<.*?>", "", title) for _, _, title in found]


def test_finds_a_khmer_word_inside_a_title(html: Callable[..., str]) -> None:
    page = html("q=ដីធ្លី")
    assert titles(page) == ["សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ"]
    assert "<mark>ដីធ្លី</mark>" in page
    assert 'href="/km/thing/1/" lang="km"' in page
    assert '<html lang="km">' in page


def test_a_text_in_another_language_says_so(html: Callable[..., str]) -> None:
    assert 'href="/en/vaccination/" lang="en"><mark>Vaccination</mark>' in html("q=vaccination")
    assert re.search(r'<p lang="en">.*</span>\s*What to do about an eviction <mark>notice</mark>', html("q=notice"))


def test_filters_work_by_form_and_can_be_taken_off_by_link(html: Callable[..., str]) -> None:
    page = html("q=land&topic=services&kind=dataset", "en")
    assert titles(page) == ["Villages of the province, 2024"]
    assert 'name="kind" value="dataset" checked' in page
    assert 'href="?q=land&amp;topic=services"' in page
    assert 'href="?q=land&amp;kind=dataset"' in page


def test_a_filter_that_changes_nothing_is_not_offered(html: Callable[..., str]) -> None:
    page = html("q=land", "en")
    assert 'name="topic"' not in page  # both results are of it
    assert 'name="kind" value="dataset"' in page
    assert 'name="topic" value="services" checked' in html("q=land&topic=services", "en")


def test_a_filter_that_leaves_nothing_can_still_be_taken_off(html: Callable[..., str]) -> None:
    page = html("q=land&topic=health", "en")
    assert titles(page) == []
    assert 'name="topic" value="health" checked' in page
    assert 'href="?q=land"' in page


def test_the_count_is_exact(html: Callable[..., str]) -> None:
    assert "2 results" in html("q=land", "en")
    assert "1 result " in html("q=eviction", "en").replace("\n", " ")


def test_nothing_found_gives_next_steps(html: Callable[..., str]) -> None:
    page = html("q=zebra", "en")
    assert "Nothing found for “zebra”" in page
    assert '<a href="/en/dataset/">' in page
    assert '<a href="/en/#topics">' in page


def test_words_that_never_stand_together_give_what_has_some(html: Callable[..., str]) -> None:
    page = html("q=eviction+vaccination", "en")
    assert "Nothing has all of these words" in page
    assert len(titles(page)) == 2


def test_the_page_says_how_many_hold_all_of_the_words(html: Callable[..., str]) -> None:
    assert "2 results: 1 with all of these words, the others with some." in html("q=land+identity", "en")
    assert "លទ្ធផល 2៖ 1 មានពាក្យទាំងអស់" in html("q=land+identity")
    assert "2条结果：其中1条包含全部词语" in html("q=land+identity", "zh-hans")


def test_a_slip_is_corrected_with_a_link(html: Callable[..., str]) -> None:
    page = html("q=vacination", "en")
    assert "Nothing found for “vacination”." in page
    assert "1 result for what you may have meant." in page
    assert '<a href="?q=vaccination"><strong>vaccination</strong></a>' in page
    assert titles(page) == ["Vaccination for children"]


def test_nothing_found_leads_to_topics_places_and_a_wider_question(html: Callable[..., str]) -> None:
    page = html('q="land eviction"&topic=health', "en")
    assert '<a href="?topic=services">' in page
    assert '<a href="/en/place/">' in page
    assert '<a href="?q=land%20eviction">' in page
    assert re.search(r"Search again without filters</a>\s*</li>", page)  # nothing there either: no number
    assert re.search(r"Search again without filters</a> \(2 results\)", html("q=land&topic=health", "en"))


def test_a_match_in_another_language_is_marked(html: Callable[..., str]) -> None:
    page = html("q=evictions")  # the Khmer title is shown, the English one matched
    assert re.search(r'<p lang="en"><span class="badge">English</span>\s*What to do about an <mark>eviction</mark>', page)
    assert '<span class="badge" lang="en">English</span>' in html("q=vaccination")
    assert "badge" not in html("q=evictions", "en")


def test_a_value_in_a_table_leads_to_its_rows(html: Callable[..., str], city: Things) -> None:
    city.rows[5] = document("thing", 5, kind="dataset", title="បញ្ជីភូមិ", values={"/dataset/villages/?is.name=": ["អូរចំណារ"]})
    mark_changed(source="thing", pk=5)
    drain_outbox()
    for question in ("អូរចំណារ", "ភូមិអូរចំណារ"):
        assert re.search(r'Rows with:\s*<a href="/en/dataset/villages/\?is.name=%[^"]*">អូរចំណារ</a>', html(f"q={question}", "en"))


def test_without_words_the_newest_comes_first(html: Callable[..., str]) -> None:
    assert titles(html("", "en"))[0] == "Vaccination for children"
    assert titles(html("sort=title", "en"))[0] == "Housing rights and evictions"


def test_what_was_typed_is_shown_as_text(html: Callable[..., str]) -> None:
    page = html("q=<script>alert(1)</script>", "en")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=-1", "page=x", "page=²", "page=99999999999", "sort=nothing", "q=" + "ក" * 5000, "kind=a.b"],
)
def test_odd_addresses_are_answered(city: Things, client: Client, query: str) -> None:
    assert client.get(f"/km/search/?{query}", follow=True).status_code == 200


def test_pages(db: None, engine_name: str, things: Things, client: Client) -> None:
    things.rows = {pk: document("thing", pk, title=f"ភូមិលេខ {pk}") for pk in range(1, 46)}
    drain_outbox()
    page = client.get("/km/search/?q=ភូមិ&page=2").content.decode()
    assert len(titles(page)) == 20
    assert re.search(r'rel="next" href="\?q=[^"]*page=3"', page)
    assert re.search(r'rel="prev" href="\?q=[^"]*page=1"', page)
    assert 'start="21"' in page
    response = client.get("/km/search/?q=ភូមិ&page=9")
    assert (response.status_code, response["Location"][-6:]) == (302, "page=3")


def test_robots_and_caches(city: Things, client: Client) -> None:
    response = client.get("/km/search/?q=ដីធ្លី")
    assert b'<meta name="robots" content="noindex">' in response.content
    assert not response.cookies
    assert "csrf" not in response.content.decode()


def test_hardly_asks_the_database(city: Things, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get("/km/search/?q=ដីធ្លី")
    with django_assert_max_num_queries(3):
        client.get("/km/search/?q=ដីធ្លី&topic=services")


def test_without_an_index_the_site_says_so_and_goes_on(db: None, settings: Any, tmp_path: Path, things: Things, client: Client) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    response = client.get("/en/search/?q=land")
    assert response.status_code == 503
    assert "Everything else on this site works" in response.content.decode()
    assert 'href="/en/dataset/"' in response.content.decode()


def test_with_elasticsearch_down_the_site_says_so(db: None, settings: Any, things: Things, client: Client) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert client.get("/km/search/?q=ដី").status_code == 503


def test_queries_are_not_logged(html: Callable[..., str], caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(0):
        html("q=zebrafish", "en")
    assert "zebrafish" not in caplog.text
