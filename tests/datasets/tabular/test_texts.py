"""A table with its texts appended answers as one without, and other readers see the same table."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from datasets.tabular import AnyOf, Filter, facet_counts, read_page, stream_export, texts, write_parquet
from datasets.tabular.connection import open_parquet
from search.text.key import fold

WORDS = ["77", "ភូមិ", "ចម្រើន", "ចំរើន", "Office", "西港", "a", "៧"]
PIECES = [*WORDS, "7", "ភូ", "office", "\u200b", " ", "港", "x", "\n", "é"]
CELLS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where tables are written as if they were large and each of their columns had very many values."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("datasets.tabular.layout.LARGE", 1)
        patch.setattr("datasets.tabular.layout.MANY", 0)
        patch.setattr(texts, "PART", 7)
        yield tmp_path_factory.mktemp("texts")


def written(folder: Path, rows: list[tuple[str, str]], kind: str = "string") -> Path:
    path, target = folder / "rows.csv", folder / "rows.parquet"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("note", "place"), *rows])
    write_parquet(path, {"schema": {"fields": [{"name": "note", "type": "string"}, {"name": "place", "type": kind}]}}, target)
    return target


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=40), st.sampled_from(WORDS))
def test_contains_gives_the_rows_that_contain_it(folder: Path, notes: list[tuple[str, str]], word: str) -> None:
    rows = [("ចំណាំ" + note, "ទី" + place) for note, place in notes]
    table = written(folder, rows)
    with open_parquet(table) as opened:
        assert opened.rows_with(opened.column("note"), fold(word)) is not None, "looked through without the rows"
    expected = [number for number, (note, _place) in enumerate(rows, 1) if fold(word) in fold(note)]
    page = read_page(table, filters=[Filter("note", "contains", word)], limit=5)
    assert (page.total, list(page.ids)) == (len(expected), expected[:5])
    both = read_page(table, filters=[Filter("note", "contains", word), Filter("place", "contains", "ភូមិ")], limit=100)
    assert list(both.ids) == [number for number in expected if fold("ភូមិ") in fold(rows[number - 1][1])]
    anywhere = read_page(table, search=word, limit=100)
    assert list(anywhere.ids) == [number for number, row in enumerate(rows, 1) if any(fold(word) in fold(cell) for cell in row)]
    assert sum(one.count for one in facet_counts(table, "place", filters=[Filter("note", "contains", word)])) == len(expected)


@pytest.mark.parametrize("often", [False, True])
def test_rare_and_common_words_are_found_past_what_can_be_named(folder: Path, monkeypatch: pytest.MonkeyPatch, often: bool) -> None:
    monkeypatch.setattr("datasets.tabular.conditions.MOST_FOUND", 10)
    rows = [(f"គ្រួសារទី {number} Kept", "រដ្ឋបាល" if often or number % 20 == 0 else "ផ្ទះ") for number in range(1, 401)]
    table = written(folder, rows)
    expected = [number for number, (_note, place) in enumerate(rows, 1) if place == "រដ្ឋបាល"]
    page = read_page(table, filters=[Filter("place", "contains", "រដ្ឋ")], limit=400)
    assert (page.total, list(page.ids)) == (len(expected), expected)
    assert read_page(table, filters=[Filter("place", "contains", "រដ្ឋ"), Filter("note", "contains", "kept")], limit=0).total == len(
        expected
    )


def test_columns_of_a_few_thousand_texts_are_asked_and_counted_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("datasets.tabular.layout.LARGE", 1)
    monkeypatch.setattr("datasets.tabular.layout.MANY", 1000)
    places = [f"ភូមិ{number % 60} O'" if number % 7 else "" for number in range(300)]
    table = written(tmp_path, [(f"ឃុំ{number % 3}", place) for number, place in enumerate(places)])
    with open_parquet(table) as opened:
        assert any("_coded:place" in name for name in opened.hidden)

    def found(*filters: Filter) -> list[int]:
        return list(read_page(table, filters=[Filter("note", "eq", "ឃុំ1"), *filters], limit=300).ids)

    def expected(holds: Callable[[str], bool]) -> list[int]:
        return [number for number, place in enumerate(places, 1) if (number - 1) % 3 == 1 and holds(place)]

    assert found(Filter("place", "eq", "ភូមិ7 O'")) == expected(lambda place: place == "ភូមិ7 O'")
    assert found(Filter("place", "in", ["ភូមិ10 O'", "ភូមិ13 O'", "x"])) == expected(lambda place: place in ("ភូមិ10 O'", "ភូមិ13 O'"))
    assert found(Filter("place", "ne", "ភូមិ10 O'")) == expected(lambda place: place != "ភូមិ10 O'")
    assert found(Filter("place", "contains", "ភូមិ1")) == expected(lambda place: "ភូមិ1" in place)
    assert found(Filter("place", "contains", "o'")) == expected(bool)
    assert found(Filter("place", "is_empty", True)) == expected(lambda place: not place)
    assert found(Filter("place", "is_empty", False)) == expected(bool)
    assert found(Filter("place", "lt", "ភូមិ2")) == expected(lambda place: "" < place < "ភូមិ2")
    assert found(Filter("place", "anywhere", "ភូមិ22")) == expected(lambda place: "ភូមិ22" in place)
    assert found(Filter("place", "nowhere", "ភូមិ22")) == expected(lambda place: "ភូមិ22" not in place)
    counts = {one.value: one.count for one in facet_counts(table, "place", filters=[Filter("note", "eq", "ឃុំ1")], limit=100)}
    assert counts == Counter(place or None for number, place in enumerate(places) if number % 3 == 1)


NUMBERS = st.one_of(
    st.decimals(-(10**6), 10**6, places=2).map(str),
    st.sampled_from(["0.1", "0.29", "0.3", "-0.0", "0.07", "1.005", "", "99999999999.25", "1e300"]),
)
ASKED = st.one_of(NUMBERS.filter(bool), st.floats(-1e7, 1e7).map(repr), st.sampled_from(["0.30000000000000004", "0.28999", "1e12"]))


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=30), ASKED, st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]))
def test_decimal_numbers_are_compared_as_they_are(folder: Path, numbers: list[str], asked: str, operator: str) -> None:
    table = written(folder, [("ក", number) for number in numbers], "number")
    holds = {"eq": float.__eq__, "ne": float.__ne__, "lt": float.__lt__, "lte": float.__le__, "gt": float.__gt__, "gte": float.__ge__}[
        operator
    ]
    with open_parquet(table) as opened:
        assert ("_scaled:place" in opened.hidden) == (any(numbers) and all(abs(float(number or 0)) < 1e11 for number in numbers))
    expected = [n for n, number in enumerate(numbers, 1) if (holds(float(number), float(asked)) if number else operator == "ne")]
    assert list(read_page(table, filters=[Filter("place", operator, asked)]).ids) == expected


@pytest.mark.parametrize("large", [1, 1_000_000])
def test_rows_come_in_the_order_of_the_file_whatever_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int) -> None:
    monkeypatch.setattr("datasets.tabular.layout.LARGE", large)
    monkeypatch.setattr("datasets.tabular.layout.MANY", 1000)
    rows = [(f"គ្រួសារទី {number} Kept", f"ភូមិ{number * 7 % 900}") for number in range(1, 200_001)]
    table = written(tmp_path, rows)
    for asked, holds in (
        ([Filter("note", "contains", "ទី 77")], lambda row: "ទី 77" in row[0]),
        ([Filter("place", "contains", "ភូមិ77")], lambda row: "ភូមិ77" in row[1]),
        ([Filter("place", "eq", "ភូមិ7"), Filter("note", "contains", "kept")], lambda row: row[1] == "ភូមិ7"),
        ([Filter("place", "in", [f"ភូមិ{number}" for number in range(0, 900, 9)])], lambda row: int(row[1][4:]) % 9 == 0),
        ([AnyOf(((Filter("place", "in", ["ភូមិ5", "ភូមិ6", "ភូមិ8"]),),))], lambda row: row[1] in ("ភូមិ5", "ភូមិ6", "ភូមិ8")),
        ([Filter("note", "in", [rows[150_000][0], rows[7][0]])], lambda row: row[0] in (rows[150_000][0], rows[7][0])),
    ):
        expected = [number for number, row in enumerate(rows, 1) if holds(row)]
        exported = pl.read_csv(b"".join(stream_export(table, "csv", columns=["_id"], filters=asked)))
        assert exported.to_series().to_list() == expected
        assert list(read_page(table, filters=asked, offset=150, limit=1000).ids) == expected[150:1150]
        page = read_page(table, filters=asked, limit=20)
        assert list(page.ids) == expected[:20]
        if page.after:
            later = read_page(table, filters=asked, limit=120, after=page.after)
            assert list(later.ids) == expected[20:140]
            assert list(read_page(table, filters=asked, limit=20, before=later.before).ids) == expected[:20]
        assert (
            list(read_page(table, filters=asked, sort=["-note"], limit=20).ids)
            == sorted(expected, key=lambda number: (rows[number - 1][0], -number), reverse=True)[:20]
        )


def test_other_readers_see_the_same_table(folder: Path) -> None:
    rows = [(f"សំបុត្រ {number}", f"ភូមិ {number}") for number in range(1, 30)]
    frame = pl.read_parquet(written(folder, rows))
    assert frame.select("note", "place").rows() == rows


def test_columns_too_long_to_be_looked_through_are_asked_row_by_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "MOST_BYTES", 500)
    table = written(folder, [(f"សំបុត្រវែងណាស់ {number}" * 9, f"ទី{number}") for number in range(1, 30)])
    with open_parquet(table) as opened:
        assert opened.rows_with(opened.column("note"), "2") is None
        assert opened.rows_with(opened.column("place"), "2") is not None
    for column in ("note", "place"):
        assert list(read_page(table, filters=[Filter(column, "contains", "28")], limit=9).ids) == [28]
