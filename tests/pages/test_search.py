"""What is published is found, in each language; what is taken back is not."""

from collections.abc import Callable

import pytest

from search.query import Query
from search.selectors import search

from .conftest import EVICTION, page_of

pytestmark = pytest.mark.usefixtures("city")
Work = Callable[[], None]


def found(text: str, **filters: list[str]) -> list[tuple[str, str | None]]:
    return [(hit.url, hit.language) for hit in search(Query(text=text, filters=filters)).hits]


@pytest.mark.parametrize(
    ("word", "language"), [("បណ្តេញចេញ", "km"), ("eviction", "en"), ("驱逐", "zh-hans"), ("ជំនួយផ្នែកច្បាប់", "km"), ("demolish", "en")]
)
def test_a_guide_is_found_by_title_and_text_in_its_language(work: Work, word: str, language: str) -> None:
    work()
    hits = search(Query(text=word, language=language, filters={"kind": ["page"], "language": [language]})).hits
    assert f"/{language}/{EVICTION}" in [hit.url for hit in hits]


def test_topics_narrow_results_and_have_names(work: Work) -> None:
    work()
    results = search(Query(text="", language="en", filters={"kind": ["page"]}, facets=["topic"]))
    assert {value.value: value.label for value in results.facets["topic"]}["health"] == "Health"
    assert all("/health/" in url for url, _ in found("", topic=["health"]))


def test_what_is_unpublished_edited_moved_or_deleted_shows(work: Work) -> None:
    work()
    page = page_of("eviction-notice", "km")
    page.title = "ព្រឹត្តិបត្រថ្មី"
    page.save_revision().publish()
    work()
    assert ("/km/" + EVICTION, "km") in found("ព្រឹត្តិបត្រថ្មី")
    page.unpublish()
    work()
    assert ("/km/" + EVICTION, "km") not in found("ព្រឹត្តិបត្រថ្មី")
    page_of("eviction-notice", "zh-hans").delete()
    work()
    assert EVICTION not in "".join(url for url, _ in found("收到驱逐通知"))


def test_a_text_in_three_languages_is_one_result_in_the_readers_language(work: Work) -> None:
    work()
    for language in ("km", "en", "zh-hans"):
        hits = [hit for hit in search(Query(text="eviction", language=language)).hits if hit.url.endswith(EVICTION)]
        assert [(hit.url, hit.language, sorted(hit.languages)) for hit in hits] == [
            (f"/{language}/{EVICTION}", language, ["en", "km", "zh-hans"])
        ]
    page_of("eviction-notice", "km").unpublish()
    work()
    hits = [hit for hit in search(Query(text="eviction", language="km")).hits if hit.url.endswith(EVICTION)]
    assert [(hit.language, sorted(hit.languages)) for hit in hits] == [("en", ["en", "zh-hans"])]


def test_a_draft_is_not_found(work: Work) -> None:
    page = page_of("vaccination", "km")
    page.title = "សេចក្តីព្រាងសម្ងាត់"
    page.save_revision()
    work()
    assert "សេចក្តីព្រាងសម្ងាត់" not in {hit.title for hit in search(Query(text="សេចក្តីព្រាងសម្ងាត់")).hits}


def test_a_place_is_found_by_its_name_in_any_language(work: Work) -> None:
    work()
    for word in ("ជំនួយផ្នែកច្បាប់", "Legal aid office", "法律援助处"):
        assert "place" in {hit.kind for hit in search(Query(text=word)).hits}
