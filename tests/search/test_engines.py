"""One contract for every engine: the same matches, counts and order."""

import contextlib
import os
import signal
from collections.abc import Callable

import pytest

from search.engines import get_engine
from search.engines.base import Plan
from search.matching import lower
from search.query import Query
from search.selectors import matching_keys, search
from search.services.mark_changed import mark_changed
from search.services.reindex import reindex
from search.synonyms import thesaurus
from search.tree import Term

from .city import CITY, Things, document, found

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("ដីធ្លី", "thing:1"),  # inside a longer title, nothing around it
        ("ចុះបញ្ជីដីធ្លី", "thing:1"),  # two words glued
        ("ដីធ្លី ចុះបញ្ជី", "thing:1"),  # the same two, apart and turned round
        ("លំនៅដ្ឋាន", "thing:2"),  # the other spelling
        ("បណ្ដេញ", "thing:2"),  # DA for TA below
        ("ស្រ្ដី", "thing:2"),  # RO before TA, in a body
        ("តំលៃ", "thing:1"),
        ("10000", "thing:1"),  # Khmer digits
        ("权利", "thing:2"),  # inside a Chinese title
        ("住房权", "thing:2"),  # across the dictionary's words
        ("土地", "thing:1"),
        ("土地登記", "thing:1"),  # traditional characters
        ("evicted", "thing:2"),  # stem
        ("VACCINES", "thing:4"),
        ("cafe", "thing:4"),
        ("ភូមិ ២០២៤", "thing:3"),
        ("legal aid", "thing:2"),
    ],
)
def test_finds_however_it_is_typed(city: Things, text: str, first: str) -> None:
    assert found(text)[:1] == [first]


@pytest.mark.parametrize("text", ["ទី", "犀牛", "zebra", "ប៉ាន់"])
def test_different_words_stay_different(city: Things, text: str) -> None:
    results = search(Query(text=text, facets=("kind",)))
    assert (results.total, results.hits, results.facets) == (0, [], {"kind": []})


def test_all_words_are_required_while_something_has_them(city: Things) -> None:
    results = search(Query(text="housing notice"))
    assert [hit.key for hit in results.hits] == ["thing:2"]
    assert not results.relaxed


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("权限", "thing:2"),  # 住房权利: a character of it, and no word
        ("住房法律援助", "thing:2"),  # apart from each other
        ("ជំនួយដីធ្លី", "thing:1"),
    ],
)
def test_pieces_of_words_when_nothing_has_the_whole(city: Things, text: str, first: str) -> None:
    results = search(Query(text=text))
    assert ([hit.key for hit in results.hits][:1], results.relaxed) == ([first], True)


@pytest.mark.parametrize("form", ["evicted", "eviction", "evictions"])
def test_the_form_that_was_typed_ranks_first(engine_name: str, things: Things, form: str) -> None:
    forms = ["evicted", "eviction", "evictions"]
    things.rows |= {number: document("thing", number, title={"en": f"About {word}"}) for number, word in enumerate(forms)}
    reindex()
    results = search(Query(text=form))
    assert (results.total, results.hits[0].key) == (3, f"thing:{forms.index(form)}")


def test_some_of_the_words_when_nothing_has_all(city: Things) -> None:
    results = search(Query(text="ដីធ្លី vaccination", facets=("kind",)))
    assert results.relaxed
    assert {hit.key for hit in results.hits} == {"thing:1", "thing:4"}
    assert [(value.value, value.count) for value in results.facets["kind"]] == [("page", 2)]


BY_CHANCE = {
    1: document(
        "thing",
        1,
        title={"km": "លិខិតឱ្យចាកចេញពីផ្ទះ", "zh-hans": "土地登记"},
        body={"km": "វិក្កយបត្រទឹក និងភ្លើង។ សំរាម និងផ្លូវ។ កូន និងសាលារៀន។", "zh-hans": "柬埔寨王国宪法。所有文件。相邻村庄。"},
        facets={"topic": ["land"]},
    ),
    2: document("thing", 2, title={"km": "ចាក់វ៉ាក់សាំងកូន", "zh-hans": "柬埔寨的村庄"}, facets={"topic": ["data"]}),
    3: document("thing", 3, title={"km": "សំរាមនៅតាមផ្លូវ", "zh-hans": "街道上的垃圾"}, facets={"topic": ["waste"]}),
}


@pytest.mark.parametrize(("text", "first"), [("柬埔寨所有相邻村庄", "thing:2"), ("សំរាម ផ្លូវ វិក្កយបត្រ", "thing:3")])
def test_who_holds_all_words_by_chance_is_not_the_only_one_found(things: Things, engine_name: str, text: str, first: str) -> None:
    things.rows = dict(BY_CHANCE)
    reindex()
    results = search(Query(text=text, facets=("topic",)))
    assert (results.hits[0].key, results.whole, results.relaxed) == (first, 1, False)
    for value in results.facets["topic"]:
        assert search(Query(text=text, filters={"topic": [value.value]})).total == value.count
    assert found(text, sort=(("modified", True),)) == matching_keys(Query(text=text)) == ["thing:1"]


def test_a_title_ranks_before_a_summary(city: Things) -> None:
    assert found("land") == ["thing:1", "thing:3"]


def test_signs_alone_find_nothing(city: Things) -> None:
    assert found("?!") == []


def test_an_empty_question_finds_everything(city: Things) -> None:
    assert sorted(found()) == [f"thing:{pk}" for pk in CITY]


def test_facets_count_exactly_what_is_shown(city: Things) -> None:
    results = search(Query(text="land", facets=("kind", "topic", "organization", "format", "language")))
    counted = {name: [(value.value, value.count) for value in values] for name, values in results.facets.items()}
    assert counted == {
        "kind": [("dataset", 1), ("page", 1)],
        "topic": [("services", 2)],
        "organization": [("city-hall", 2)],
        "format": [("CSV", 1), ("XLSX", 1)],
        "language": [("en", 2), ("km", 2), ("zh-hans", 2)],
    }


def test_values_of_a_filter_are_alternatives_and_filters_add_up(city: Things) -> None:
    assert sorted(found(filters={"topic": ["housing", "health"]})) == ["thing:2", "thing:4"]
    assert found(filters={"topic": ["services"], "kind": ["dataset"]}) == ["thing:3"]
    assert found(filters={"topic": ["services"], "format": ["PDF"]}) == []
    assert found("land", filters={"format": ["CSV"]}) == ["thing:3"]


def test_keys_can_be_asked_for(city: Things) -> None:
    assert sorted(found(filters={"key": ["thing:1", "thing:4", "thing:9"]})) == ["thing:1", "thing:4"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ((("modified", True),), [4, 2, 1, 3]),
        ((("modified", False),), [3, 1, 2, 4]),
        ((("name", False),), [2, 1, 4, 3]),
        ((("size", True),), [4, 1, 2, 3]),
        ((("created", False),), [4, 1, 2, 3]),
        ((("title", False),), [2, 1, 4, 3]),
    ],
)
def test_sorted(city: Things, sort: tuple[tuple[str, bool], ...], order: list[int]) -> None:
    assert found(sort=sort, language="en") == [f"thing:{pk}" for pk in order]


def test_sorted_by_two_fields(db: None, engine_name: str, things: Things, drain: Callable[[], int]) -> None:
    things.rows = {pk: document("thing", pk, title="ភូមិ", sort={"name": "ab"[pk % 2], "size": pk}) for pk in range(1, 7)}
    drain()
    assert found(sort=(("name", False), ("size", True))) == [f"thing:{pk}" for pk in (6, 4, 2, 5, 3, 1)]
    assert found(sort=(("name", True), ("size", False)), offset=2, limit=2) == ["thing:5", "thing:2"]


def test_pages_follow_each_other_without_gap(db: None, engine_name: str, things: Things, drain: Callable[[], int]) -> None:
    things.rows = {pk: document("thing", pk, title=f"ភូមិទី {pk}", sort={"size": pk}) for pk in range(1, 26)}
    drain()
    pages = [search(Query(text="ភូមិ", sort=(("size", False),), offset=offset, limit=10)) for offset in (0, 10, 20, 30)]
    assert [hit.key for page in pages for hit in page.hits] == [f"thing:{pk}" for pk in range(1, 26)]
    assert {page.total for page in pages} == {25}
    by_score = {key for offset in (0, 10, 20) for key in found("ភូមិ", offset=offset, limit=10)}
    assert len(by_score) == 25
    assert search(Query(text="ភូមិ", limit=0)).total == 25


def test_the_readers_language_comes_first_and_others_follow(db: None, engine_name: str, things: Things, drain: Callable[[], int]) -> None:
    things.rows = {
        pk: document("thing", pk, language=language, title={language: "Wi-Fi map"}, body={language: "Wi-Fi"})
        for pk, language in enumerate(("en", "zh-hans", "km"), 1)
    }
    drain()
    for pk, language in enumerate(("en", "zh-hans", "km"), 1):
        keys = found("wi-fi", language=language)
        assert (keys[0], len(keys)) == (f"thing:{pk}", 3)


def test_a_hit_is_shown_in_the_readers_language_with_marks(city: Things) -> None:
    (hit,) = search(Query(text="លំនៅដ្ឋាន", language="km")).hits
    assert hit.title_html == "សិទ្ធិ<mark>លំនៅឋាន</mark> និងការបណ្តេញចេញ"
    assert (hit.language, hit.url) == ("km", "/km/thing/2/")
    (hit,) = search(Query(text="notice", language="km")).hits
    assert (hit.language, hit.excerpt_language) == ("km", "en")
    assert "<mark>notice</mark>" in hit.excerpt_html
    (hit,) = search(Query(text="vaccination", language="km")).hits
    assert (hit.language, hit.url) == ("en", "/en/vaccination/")


def test_text_is_escaped(db: None, engine_name: str, things: Things, drain: Callable[[], int]) -> None:
    things.rows = {1: document("thing", 1, title={"en": "<b>Land</b> & sea"}, body={"en": "<script>land</script>"})}
    drain()
    (hit,) = search(Query(text="land", language="en")).hits
    assert hit.title_html == "&lt;b&gt;<mark>Land</mark>&lt;/b&gt; &amp; sea"
    assert hit.excerpt_html == "&lt;script&gt;<mark>land</mark>&lt;/script&gt;"


def test_edits_and_deletions_show_at_once(city: Things, drain: Callable[[], int]) -> None:
    city.rows[1] = document("thing", 1, title="សាលារៀន")
    del city.rows[2]
    city.rows[5] = document("thing", 5, title="មណ្ឌលសុខភាព")
    for pk in (1, 2, 5):
        mark_changed(source="thing", pk=pk)
    assert drain() == 3
    assert found("ដីធ្លី") == found("លំនៅឋាន") == []
    assert found("សាលារៀន") == ["thing:1"]
    assert found("សុខភាព") == ["thing:5"]


def test_a_document_without_any_text_and_one_with_much(db: None, engine_name: str, things: Things, drain: Callable[[], int]) -> None:
    things.rows = {
        1: document("thing", 1),
        2: document("thing", 2, title="ក" * 40_000, body="ខ " * 40_000, facets={"tag": ["គ" * 500]}, keywords=["a" * 70_000]),
    }
    drain()
    assert sorted(found()) == ["thing:1", "thing:2"]


def test_a_pasted_page_is_a_question_too(city: Things) -> None:
    results = search(Query(text="សិទ្ធិលំនៅឋាន eviction 权利 " * 400))
    assert (results.hits[0].key, results.relaxed) == ("thing:2", False)


def test_forked_processes_get_answers_of_their_own(city: Things) -> None:
    """As web workers may be forked from a process that has searched already: they have its connections, and not its threads."""
    asked = {f"thing:{pk}": Plan(match=lower(Term("key", f"thing:{pk}"), thesaurus()), facets=("kind",)) for pk in CITY}
    expected = {key: get_engine().search(plan) for key, plan in asked.items()}
    children = []
    for key in asked:
        if child := os.fork():
            children.append(child)
            continue
        signal.alarm(60)  # waiting for ever is one way to fail
        with contextlib.suppress(BaseException):
            os._exit(any(get_engine().search(asked[key]) != expected[key] for _ in range(50)))
        os._exit(2)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * len(CITY)


def test_no_phrase_reaches_from_one_text_into_the_next(things: Things, engine_name: str) -> None:
    things.rows = {1: document("thing", 1, title="ចុះបញ្ជី", summary="ដីធ្លី land", body="title ចុះបញ្ជី")}
    reindex()
    assert found("ចុះបញ្ជី ដីធ្លី") == ["thing:1"]
    assert [found(f'"{phrase}"') for phrase in ("ដីធ្លី land", "ចុះបញ្ជី ដីធ្លី", "land title")] == [["thing:1"], [], []]
