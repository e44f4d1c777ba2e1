"""What a table answers: pages by key, Khmer however it is spelt, counts and statistics."""

from collections import Counter
from pathlib import Path

import pytest

from datasets.tabular import AnyOf, Filter, QueryError, column_statistics, detect, facet_counts, read_page, write_parquet

DISTRICTS = ("ព្រៃនប់", "ស្ទឹងហាវ", "កំពង់សីលា", "")
ROWS = [(f"ភូមិ{n:03}", DISTRICTS[n % 4], "" if n % 10 == 0 else str(n % 7), f"2026-01-{n % 28 + 1:02}") for n in range(1, 301)]


@pytest.fixture(scope="module")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    path, target = folder / "villages.csv", folder / "villages.parquet"
    path.write_text("ឈ្មោះ,ស្រុក,n,day\n" + "".join(",".join(row) + "\n" for row in ROWS), encoding="utf-8")
    write_parquet(path, detect(path, filename="villages.csv").descriptor, target)
    return target


@pytest.mark.parametrize("sort", [(), ("n",), ("-n",), ("ស្រុក", "-n"), ("-day", "ស្រុក")])
@pytest.mark.parametrize("filters", [(), (Filter("n", "gt", 2),)])
def test_pages_by_key_give_every_row_once_forwards_and_backwards(villages: Path, sort, filters) -> None:
    question = {"sort": sort, "filters": filters}
    everything = read_page(villages, **question, limit=1000).rows
    seen, page = [], read_page(villages, **question, limit=37)
    assert page.before is None
    while True:
        seen += page.rows
        if page.after is None:
            break
        page = read_page(villages, **question, limit=37, after=page.after)
    assert seen == everything
    back = list(page.rows)
    while page.before is not None:
        page = read_page(villages, **question, limit=37, before=page.before)
        back = list(page.rows) + back
    assert back == everything


@pytest.mark.parametrize("key", ["x", "12:[", '12:["a"]', "12:{}", "1:[[1]]", "9" * 5000])
def test_a_key_of_another_question_is_refused(villages: Path, key: str) -> None:
    with pytest.raises(QueryError, match="bad-paging"):
        read_page(villages, after=key, sort=["n", "day"])


@pytest.mark.parametrize("operator", ["eq", "in", "contains", "lt"])
def test_half_a_character_is_refused_and_the_table_not_taken_for_damaged(villages: Path, operator: str) -> None:
    text = "ភូមិ\ud800"
    with pytest.raises(QueryError, match="bad-value"):
        read_page(villages, filters=[Filter("ឈ្មោះ", operator, [text] if operator == "in" else text)])
    assert not list(villages.parent.glob("*.damaged"))


def test_khmer_is_found_however_it_is_typed(tmp_path: Path) -> None:
    path, target = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_text("name,code\nចម្រើន,A1\nចំរើន ថ្មី,a2\nកន្លែង\u200bផ្សេង,B1\n", encoding="utf-8")
    write_parquet(path, detect(path, filename="a.csv").descriptor, target)

    def found(column: str, text: str) -> list[int]:
        return list(read_page(target, filters=[Filter(column, "contains", text)]).ids)

    assert found("name", "ចំរើន") == found("name", "ចម្រើន") == [1, 2]
    assert found("name", "កន្លែងផ្សេង") == [3]
    assert found("code", "A") == found("code", "a") == [1, 2]
    assert [row[1] for row in read_page(target, search="ចម្រើន ថ្មី").rows] == ["ចំរើន ថ្មី"]
    assert [column.name for column in read_page(target).columns] == ["_id", "name", "code"]


def test_facets_count_within_the_filters_and_statistics_are_ready(villages: Path) -> None:
    counts = {one.value: one.count for one in facet_counts(villages, "ស្រុក", filters=[Filter("n", "eq", 3)])}
    expected = [row[1] or None for row in ROWS if row[2] == "3"]
    assert counts == {value: expected.count(value) for value in set(expected)}
    name, district, number, day = column_statistics(villages)
    assert (name.distinct, name.few, name.minimum, name.bars) == (300, False, "ភូមិ001", ())
    assert (district.nulls, [bar.count for bar in district.bars]) == (75, [75, 75, 75])
    assert (number.count, number.nulls, number.minimum, number.maximum) == (270, 30, 0, 6)
    assert sum(bar.count for bar in number.bars) == 270
    assert (day.minimum, day.maximum, sum(bar.count for bar in day.bars)) == ("2026-01-01", "2026-01-28", 300)


@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ([Filter("ស្រុក", "contains", "ព្រៃ")], lambda row: "ព្រៃ" in row[1]),
        ([Filter("ស្រុក", "is_empty", True)], lambda row: not row[1]),
        ([Filter("ស្រុក", "ne", "ព្រៃនប់")], lambda row: row[1] != "ព្រៃនប់"),
        ([Filter("ស្រុក", "eq", "គ្មាន")], lambda row: False),
        ([Filter("n", "in", [1, 5])], lambda row: row[2] in ("1", "5")),
        ([Filter("day", "gte", "2026-01-20"), Filter("day", "lt", "2026-01-25")], lambda row: "2026-01-20" <= row[3] < "2026-01-25"),
        ([AnyOf([[Filter("n", "is_empty")], [Filter("n", "gt", 5)]])], lambda row: row[2] in ("", "6")),
        ([AnyOf([[Filter("n", "eq", 1)], [Filter("ស្រុក", "is_empty")]])], lambda row: row[2] == "1" or not row[1]),
        ([Filter("n", "eq", 1), Filter("", "anywhere", "ព្រៃ")], lambda row: row[2] == "1" and "ព្រៃ" in row[1]),
    ],
)
def test_what_is_asked_of_one_column_is_counted_by_its_values_as_by_its_rows(villages: Path, asked, holds) -> None:
    expected = [number for number, row in enumerate(ROWS, 1) if holds(row)]
    page = read_page(villages, filters=asked, limit=20)
    assert (page.total, list(page.ids)) == (len(expected), expected[:20])
    for column, place in (("ស្រុក", 1), ("n", 2)):
        found = {"" if one.value is None else str(one.value): one.count for one in facet_counts(villages, column, filters=asked)}
        assert found == Counter(ROWS[number - 1][place] for number in expected)


def test_times_of_day_are_asked_like_other_values(tmp_path: Path) -> None:
    path, target = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_text("opens,n\n08:30:00,1\n,2\n14:00:00,3\n", encoding="utf-8")
    write_parquet(path, detect(path, filename="a.csv").descriptor, target)
    assert read_page(target).columns[1].type == "time"
    assert read_page(target, filters=[Filter("opens", "is_empty", True)]).ids == [2]
    assert read_page(target, filters=[Filter("opens", "gt", "09:00:00")]).ids == [3]
    assert read_page(target, filters=[Filter("opens", "contains", "08:3")]).ids == [1]


@pytest.mark.parametrize(
    "cells", [["ភូមិ", "", "  ", "x"], ["  ភូមិ", "", "y", ""], ["\tភូមិ", " ", "", "z"], ["ក", "ខ", "គ", "ឃ"], ["", "", "", ""]]
)
def test_empty_is_what_shows_nothing(tmp_path: Path, cells: list[str]) -> None:
    path, target = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_text("n,note\n" + "".join(f'{number},"{cell}"\n' for number, cell in enumerate(cells, 1)), encoding="utf-8")
    write_parquet(path, {"schema": {"fields": [{"name": "n", "type": "integer"}, {"name": "note", "type": "string"}]}}, target)
    empty = [number for number, cell in enumerate(cells, 1) if not cell.strip()]
    assert read_page(target, filters=[Filter("note", "is_empty", True)]).ids == empty
    assert read_page(target, filters=[Filter("note", "is_empty", False)]).ids == [number for number in range(1, 5) if number not in empty]


def test_a_large_table_is_asked_by_shortcuts_and_answers_the_same(tmp_path: Path) -> None:
    rows = [(f"ក{n * 7919 % 100_000:06}", f"ភូមិ{n % 300 if n % 3 else 7:03}", str(n * 31 % 5003)) for n in range(1, 60_001)]
    path, target = tmp_path / "a.csv", tmp_path / "a.parquet"
    path.write_text("code,village,n\n" + "".join(",".join(row) + "\n" for row in rows), encoding="utf-8")
    write_parquet(path, detect(path, filename="a.csv").descriptor, target)

    assert read_page(target, filters=[Filter("code", "eq", rows[40_000][0])]).ids == [40_001]
    assert read_page(target, filters=[Filter("code", "eq", "ក999999")]).total == 0
    some = [rows[50_000][0], rows[7][0], "ក999999"]
    assert read_page(target, filters=[Filter("code", "in", some)]).ids == [8, 50_001]
    assert read_page(target, filters=[Filter("code", "in", some), Filter("village", "eq", rows[7][1])]).ids == [8]
    with pytest.raises(QueryError, match="unknown-column"):
        read_page(target, columns=["_hashed:code"])
    assert [column.name for column in read_page(target).columns] == ["_id", "code", "village", "n"]

    villages = Counter(row[1] for row in rows)
    expected = sorted(villages.items(), key=lambda one: (-one[1], one[0]))
    assert [(one.value, one.count) for one in facet_counts(target, "village", limit=100)] == expected[:100]
    assert [(one.value, one.count) for one in facet_counts(target, "village", limit=300)] == expected
    highest = sorted(range(len(rows)), key=lambda index: (-int(rows[index][2]), index))
    assert read_page(target, sort=["-n"], limit=20, offset=30).ids == [index + 1 for index in highest[30:50]]
    few = read_page(target, filters=[Filter("village", "contains", "ភូមិ299")], limit=20, offset=10)
    assert (few.total, few.ids[0], len(few.rows)) == (villages["ភូមិ299"], [row[1] for row in rows].index("ភូមិ299") + 1 + 300 * 10, 20)
