"""Trees of conditions and the signs that readers type, the same on both engines."""

from datetime import UTC, datetime

import pytest

from search.query import Query
from search.selectors import search
from search.tree import All, And, Boost, Exists, Node, Not, Or, Phrase, Prefix, Range, Term, Words

from .city import Things, found

pytestmark = pytest.mark.django_db
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tree", "numbers"),
    [
        (Words("land", "title"), [1]),
        (Not(Words("land", "title")), [2, 3, 4]),
        (And(Words("ដីធ្លី", "title"), Words("រៀល", "body")), [1]),
        (Or(Words("ដីធ្លី"), Words("vaccines")), [1, 4]),
        (Or(Term("topic", "housing"), Not(Exists("organization"))), [2, 4]),
        (Not(Or(Term("organization", "city-hall"), Term("organization", "legal-aid"))), [4]),
        (And(Words("land"), Not(Phrase("land area"))), [1]),
        (Phrase("area land"), []),
        (Phrase("សិទ្ធិលំនៅដ្ឋាន"), [2]),
        (Phrase("土地登记"), [1]),
        (Prefix("vaccin", "title"), [4]),
        (Prefix("legal ai", "keywords"), [2]),
        (Prefix("ho", "topic"), [2]),
        (Prefix("l", "name"), [1]),
        (Exists("format"), [3]),
        (Exists("keywords"), [2]),
        (Range("modified", low=MARCH), [1, 2, 4]),
        (Range("modified", low=MARCH, include_low=False), [2, 4]),
        (Range("created", low=100, high=300, include_high=False), [1, 2]),
        (Range("size"), [1, 2, 3, 4]),
        (And(), [1, 2, 3, 4]),
        (Or(), []),
        (And(All(), Not(All())), []),
        (Boost(Term("format", "XLSX"), 3), [3]),
        (Term("format", "xlsx"), []),
    ],
)
def test_a_tree_of_conditions(city: Things, tree: Node, numbers: list[int]) -> None:
    results = search(Query(where=tree, facets=("kind",)))
    assert sorted(hit.key for hit in results.hits) == [f"thing:{pk}" for pk in numbers]
    assert sum(value.count for value in results.facets["kind"]) == len(numbers)


def test_a_boost_decides_the_order(city: Things) -> None:
    for first, second in ((1, 4), (4, 1)):
        tree = Or(Boost(Term("key", f"thing:{first}"), 5), Boost(Term("key", f"thing:{second}"), 2))
        assert found(where=tree) == [f"thing:{first}", f"thing:{second}"]


def test_a_tree_and_words_and_filters_add_up(city: Things) -> None:
    assert found("land", where=Words("area", "summary")) == ["thing:3"]
    assert found("land", where=Not(Term("format", "CSV")), filters={"topic": ["services"]}) == ["thing:1"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('"land area"', [3]),
        ("“area land”", []),
        ("«សិទ្ធិលំនៅឋាន»", [2]),
        ("„កុមារមានសិទ្ធិ“", [2]),
        ("「住房权利」", [2]),
        ("《权利住房》", [2]),
        ("通知《权利住房》", []),
        ("land -area", [1]),
        ('ភូមិ -"ឈ្មោះ និងលេខកូដ"', [1]),
        ("-land -ដីធ្លី", [2, 4]),
        ("title:land", [1]),
        ("format:csv", [3]),
        ("organization:city-hall -kind:page", [3]),
        ("title:«ដីធ្លី» រៀល", [1]),
        ("health-centre", [4]),
    ],
)
def test_signs_for_those_who_know(city: Things, text: str, numbers: list[int]) -> None:
    assert sorted(found(text)) == [f"thing:{pk}" for pk in numbers]
