"""Parts of a file, file names and questions in addresses, as pure functions."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from datasets.tabular import Column, Filter
from datasets.views.attachments import Unsatisfiable, content_disposition, parse_range
from datasets.views.table_question import read_question

COLUMNS = [Column("name_km", "text"), Column("population", "integer"), Column("ថ្ងៃ", "date")]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-500", (0, 99)),
        ("bytes=50-5000", (50, 99)),
        (None, None),
        ("bytes=0-1,5-6", None),
        ("bytes=9-3", None),
        ("rows=1-2", None),
        ("bytes=-", None),
    ],
)
def test_a_range_is_one_part_or_the_whole_file(header: str | None, expected: tuple[int, int] | None) -> None:
    part = parse_range(header, 100)
    assert (None if part is None else (part.start, part.stop)) == expected


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=500-600", 100), ("bytes=-0", 100), ("bytes=0-", 0)])
def test_a_range_behind_the_end_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(Unsatisfiable):
        parse_range(header, size)


@given(st.text(max_size=40), st.integers(min_value=0, max_value=10**6))
def test_no_range_header_breaks_the_answer(header: str, size: int) -> None:
    try:
        part = parse_range(header, size)
    except Unsatisfiable:
        return
    assert part is None or 0 <= part.start <= part.stop < size


@given(st.text(max_size=80))
def test_a_file_name_never_breaks_its_header(name: str) -> None:
    header = content_disposition(name)
    assert header.isascii()
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2


def test_a_khmer_file_name_arrives_whole_and_has_an_ascii_stand_in() -> None:
    assert (
        content_disposition("ភូមិ.csv") == "attachment; filename=\"download.csv\"; filename*=UTF-8''%E1%9E%97%E1%9E%BC%E1%9E%98%E1%9E%B7.csv"
    )
    assert content_disposition("villages.csv") == 'attachment; filename="villages.csv"'


def test_a_question_is_read_from_an_address_with_khmer_digits_too() -> None:
    question = read_question(QueryDict("has.name_km=ក្រុង&min.population=១០០&sort=-population&page=2&utm=x"), COLUMNS)
    assert list(question.filters) == [Filter("name_km", "contains", "ក្រុង"), Filter("population", "gte", "100")]
    assert list(question.sort) == ["-population"]
    assert not question.unknown


def test_a_column_that_is_not_there_is_named() -> None:
    question = read_question(QueryDict("is.nowhere=1&sort=elsewhere"), COLUMNS)
    assert list(question.unknown) == ["nowhere", "elsewhere"]


@given(st.dictionaries(st.sampled_from(["has.name_km", "is.name_km", "min.population", "max.ថ្ងៃ"]), st.text(min_size=1, max_size=20)))
def test_a_question_survives_its_own_address(values: dict[str, str]) -> None:
    given_query = QueryDict(mutable=True)
    given_query.update(values)
    question = read_question(given_query, COLUMNS)
    again = read_question(QueryDict(question.query), COLUMNS)
    assert again == question
