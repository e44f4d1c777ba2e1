"""What changed between two tables."""

import random
from pathlib import Path
from typing import Any

import pytest

from datasets.tabular import QueryTimeout, diff
from datasets.tabular.diff import compare_schemas, compare_tables
from datasets.tabular.parquet import write_parquet

FIELDS = [{"name": "កូដ", "type": "string"}, {"name": "ភូមិ", "type": "string"}, {"name": "ប្រជាជន", "type": "integer"}]


def table(folder: Path, name: str, rows: list[list[Any]], fields: list[dict[str, Any]] = FIELDS) -> Path:
    source = folder / f"{name}.csv"
    lines = [",".join(field["name"] for field in fields), *(",".join(map(str, row)) for row in rows)]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    write_parquet(source, {"dialect": {}, "schema": {"fields": fields}}, folder / f"{name}.parquet")
    return folder / f"{name}.parquet"


def test_by_key_rows_are_added_removed_and_changed_wherever_they_stand(tmp_path: Path) -> None:
    before = table(tmp_path, "a", [["180101", "ភូមិ១", 1200], ["180102", "ភូមិ២", 860], ["180103", "ភូមិ៣", 15]])
    after = table(tmp_path, "b", [["180104", "ភូមិ៤", 40], ["180102", "ភូមិ២", ""], ["180101", "ភូមិ១", 1200]])
    found = compare_tables(before, after, key=["កូដ"])
    assert (found.added, found.removed, found.changed, found.unchanged) == (1, 1, 1, 1)
    assert found.added_rows == [("180104", "ភូមិ៤", 40)]
    assert found.removed_rows == [("180103", "ភូមិ៣", 15)]
    assert (found.changed_rows[0].key, found.changed_rows[0].cells) == (("180102",), [("ប្រជាជន", 860, None)])


@pytest.mark.parametrize("key", [[], ["ភូមិ"], ["គ្មាន"]])
def test_without_a_key_that_holds_whole_rows_are_counted_as_often_as_they_occur(tmp_path: Path, key: list[str]) -> None:
    before = table(tmp_path, "a", [["1", "ភូមិ១", 5], ["1", "ភូមិ១", 5], ["2", "", 7]])
    after = table(tmp_path, "b", [["2", "", 7], ["1", "ភូមិ១", 5], ["3", "ភូមិ១", 5]])
    found = compare_tables(before, after, key=key)
    assert (list(found.key), found.added, found.removed, found.changed, found.unchanged) == ([], 1, 1, 0, 2)
    assert (found.added_rows, found.removed_rows) == ([("3", "ភូមិ១", 5)], [("1", "ភូមិ១", 5)])


def test_a_column_of_another_type_is_compared_as_it_is_written(tmp_path: Path) -> None:
    text = [*FIELDS[:2], {"name": "ប្រជាជន", "type": "string"}]
    before = table(tmp_path, "a", [["1", "ភូមិ១", "5"], ["2", "ភូមិ២", "ច្រើន"]], text)
    after = table(tmp_path, "b", [["1", "ភូមិ១", 5], ["2", "ភូមិ២", 9]])
    found = compare_tables(before, after, key=["កូដ"])
    assert (found.changed, found.changed_rows[0].cells) == (1, [("ប្រជាជន", "ច្រើន", 9)])


def test_tables_without_a_common_column_share_no_row(tmp_path: Path) -> None:
    before = table(tmp_path, "a", [["1"], ["2"]], [{"name": "code", "type": "string"}])
    after = table(tmp_path, "b", [["1"]], [{"name": "កូដ", "type": "string"}])
    found = compare_tables(before, after, key=["កូដ"])
    assert (found.added, found.removed, found.changed, found.unchanged) == (1, 2, 0, 0)


def test_any_two_tables_differ_as_python_says_they_do(tmp_path: Path) -> None:
    chance = random.Random(1802)
    for turn in range(15):
        old = {f"k{n}": chance.choice(["ក", "ខ", ""]) for n in chance.sample(range(60), 40)}
        new = {f"k{n}": chance.choice(["ក", "ខ", ""]) for n in chance.sample(range(60), 40)}
        fields = FIELDS[:2]
        before, after = (
            table(tmp_path, f"{turn}{name}", [list(r) for r in rows.items()], fields) for name, rows in (("a", old), ("b", new))
        )
        keyed, whole = compare_tables(before, after, key=["កូដ"]), compare_tables(before, after)
        changed = [name for name in old if name in new and old[name] != new[name]]
        assert (keyed.added, keyed.removed, keyed.changed) == (len(new.keys() - old.keys()), len(old.keys() - new.keys()), len(changed))
        assert {row.key[0] for row in keyed.changed_rows} == set(changed)
        assert (whole.added, whole.removed) == (len(new.items() - old.items()), len(old.items() - new.items()))


def test_many_rows_are_counted_all_and_the_first_shown(tmp_path: Path) -> None:
    before = table(tmp_path, "a", [[n, f"ភូមិ{n}", n] for n in range(3000)])
    after = table(tmp_path, "b", [[n, f"ភូមិ{n}", n + 1] for n in range(1000, 5000)])
    found = compare_tables(before, after, key=["កូដ"])
    assert (found.added, found.removed, found.changed) == (2000, 1000, 2000)
    assert [len(rows) for rows in (found.added_rows, found.removed_rows, found.changed_rows)] == [200, 200, 200]
    assert found.added_rows[0][0] == "3000"


def test_a_comparison_that_must_wait_too_long_for_another_says_so(tmp_path: Path) -> None:
    one = table(tmp_path, "a", [[1, "ភូមិ១", 1]])
    with diff._one_at_a_time, pytest.raises(QueryTimeout):
        compare_tables(one, one, key=["កូដ"], seconds=0.01)


def test_schemas_tell_columns_added_removed_retyped_and_relabelled() -> None:
    before = {"fields": [{"name": "កូដ", "type": "string", "title_translated": {"km": "លេខ", "en": "No."}}, {"name": "a"}, {"name": "b"}]}
    after = {
        "fields": [{"name": "កូដ", "type": "string", "title_translated": {"km": "លេខកូដ", "en": "Code"}}, {"name": "b", "type": "integer"}]
    }
    after["fields"].append({"name": "c", "type": "date"})
    found = [(change.kind, change.column, change.before, change.after) for change in compare_schemas(before, after, language="km")]
    assert found == [
        ("added", "c", "", "date"),
        ("removed", "a", "any", ""),
        ("label", "កូដ", "លេខ", "លេខកូដ"),
        ("type", "b", "any", "integer"),
    ]
