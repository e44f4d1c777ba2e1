"""What a reader of reports, pages and downloads gets, and what nobody gets."""

import io
import json
import subprocess
import sys

import openpyxl
import polars as pl
import pytest
from frictionless import Report

from datasets.tabular import (
    Filter,
    QueryError,
    QueryTimeout,
    TooManyRows,
    detect,
    explain,
    export,
    exporting,
    read_page,
    validate,
    write_parquet,
)
from datasets.tabular.connection import open_parquet

NASTY = 'name,formula,"say ""hi""",n\nភូមិ,=1+1,@x,-5\nb,"+855 12","tab\tin",7\n'


@pytest.fixture
def nasty(tmp_path):
    path, target = tmp_path / "nasty.csv", tmp_path / "nasty.parquet"
    path.write_text(NASTY, encoding="utf-8")
    write_parquet(path, detect(path, filename="nasty.csv").descriptor, target)
    return target


def exported(table, form, **options):
    out = io.BytesIO()
    export(table, form, out, **options)
    return out.getvalue()


def test_formulas_are_neutralised_in_text_and_numbers_stay_numbers(nasty):
    lines = exported(nasty, "csv").decode("utf-8-sig").splitlines()
    assert lines[1:] == ["ភូមិ,'=1+1,'@x,-5", "b,'+855 12,tab\tin,7"]
    sheet = openpyxl.load_workbook(io.BytesIO(exported(nasty, "xlsx"))).active
    assert (sheet["B2"].value, sheet["B2"].data_type, sheet["D2"].value) == ("=1+1", "s", -5)


def test_json_and_parquet_hold_the_filtered_view(nasty):
    view = {"filters": [Filter("n", "lt", "0")], "columns": ["n", 'say "hi"']}
    assert json.loads(exported(nasty, "json", **view)) == [{"n": -5, 'say "hi"': "@x"}]
    assert pl.read_parquet(io.BytesIO(exported(nasty, "parquet", **view))).rows() == [(-5, "@x")]
    assert json.loads(exported(nasty, "json", filters=[Filter("n", "gt", 100)])) == []


def test_a_workbook_refuses_more_rows_than_it_should_hold(nasty, monkeypatch):
    monkeypatch.setattr(exporting, "MAX_XLSX_ROWS", 1)
    with pytest.raises(TooManyRows) as caught:
        exporting.stream_export(nasty, "xlsx")
    assert (caught.value.rows, caught.value.limit) == (2, 1)


@pytest.mark.parametrize(
    ("options", "code", "field"),
    [
        ({"filters": [Filter("nope", "eq", 1)]}, "unknown-column", "nope"),
        ({"filters": [Filter('n" OR 1=1 --', "eq", 1)]}, "unknown-column", 'n" OR 1=1 --'),
        ({"filters": [Filter("n", "like", 1)]}, "unknown-operator", "n"),
        ({"filters": [Filter("n", "gt", "many")]}, "bad-value", "n"),
        ({"filters": [Filter("n", "in", "7")]}, "bad-value", "n"),
        ({"sort": ["-nope"]}, "unknown-column", "nope"),
        ({"columns": ["n", "nope"]}, "unknown-column", "nope"),
        ({"limit": -1}, "bad-paging", None),
    ],
)
def test_a_question_the_table_cannot_answer_names_the_column(nasty, options, code, field):
    with pytest.raises(QueryError) as caught:
        read_page(nasty, **options)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_hostile_names_and_values_are_only_names_and_values(nasty):
    page = read_page(nasty, columns=['say "hi"'], filters=[Filter('say "hi"', "eq", "@x")], sort=['-say "hi"'])
    assert page.rows == [("@x",)]
    assert read_page(nasty, filters=[Filter("name", "contains", "'; DROP TABLE x; --")]).total == 0


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO '{0}/out.csv'",
        "ATTACH '{0}/other.db'",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
        "INSTALL httpfs",
    ],
)
def test_the_connection_can_do_nothing_but_read_its_file(nasty, tmp_path, sql):
    with open_parquet(nasty) as table, pytest.raises(Exception, match=r"(?i)permission|disabled|locked|cannot"):
        table._connection.execute(sql.format(tmp_path)).fetchall()


def test_a_question_without_end_is_interrupted(nasty):
    with open_parquet(nasty, seconds=0.2) as table, pytest.raises(QueryTimeout):
        table.fetch_all("SELECT count(*) FROM data, range(100000) a, range(100000) b, range(100000) c WHERE a.range + b.range < c.range")


def test_bad_cells_become_null_and_are_listed(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("n,d\n1,2020-01-31\n១២x,31/31/2020\n٣,\n", encoding="utf-8")
    schema = {"fields": [{"name": "n", "type": "integer", "constraints": {"maximum": 2}}, {"name": "d", "type": "date"}]}
    table = write_parquet(path, {"schema": schema}, tmp_path / "a.parquet")
    assert [(cell.id, cell.row, cell.field, cell.cell) for cell in table.bad_cells] == [(2, 3, "n", "១២x"), (2, 3, "d", "31/31/2020")]
    assert [row[1] for row in read_page(tmp_path / "a.parquet").rows] == [1, None, 3]
    report = validate(path, {"schema": schema})
    assert report.totals == {"type-error": 2, "constraint-error": 1}
    read_back = Report.from_descriptor(report.to_descriptor())
    assert read_back.flatten(["rowNumber", "type"]) == [
        [3, "type-error"],
        [3, "type-error"],
        [4, "constraint-error"],
    ]


@pytest.mark.parametrize(
    ("cell", "field", "hint"),
    [
        ("10201", {"type": "string", "constraints": {"pattern": "[0-9]{6}"}}, {"code": "lost-leading-zero", "suggestion": "010201"}),
        ("180101.0", {"type": "string", "constraints": {"pattern": "[0-9]{6}"}}, {"code": "decimal-code", "suggestion": "180101"}),
        ("១២៣", {"type": "year"}, {"code": "khmer-digits", "suggestion": "123"}),
        ("១ ២០០", {"type": "integer"}, {"code": "amount", "suggestion": "1200"}),
        ("true ", {"type": "boolean"}, {"code": "outer-spaces", "suggestion": "true"}),
        ("Not found", {"type": "number"}, {"code": "stands-for-missing", "token": "Not found"}),
        ("31/12/2020", {"type": "date"}, {"code": "date", "suggestion": "2020-12-31"}),
        ("ថ្ងៃទី៣ ខែមករា ឆ្នាំ២៥៦៣", {"type": "date", "format": "%d/%m/%Y"}, {"code": "date", "suggestion": "03/01/2020"}),
        ("៛ ១២,០០០", {"type": "integer"}, {"code": "amount", "suggestion": "12000"}),
        ("1,5", {"type": "number"}, {"code": "amount", "suggestion": "1.5"}),
    ],
)
def test_an_error_is_explained_with_a_mend(tmp_path, cell, field, hint):
    path = tmp_path / "a.csv"
    path.write_text(f'a,b\n"{cell}",x\n', encoding="utf-8")
    report = validate(path, {"schema": {"fields": [{"name": "a", **field}, {"name": "b", "type": "string"}]}})
    explanation = explain(report.errors[0])
    assert (explanation.row, explanation.field, explanation.cell) == (2, "a", cell)
    assert hint in explanation.hints
    json.dumps(explanation.to_dict())


def test_command(tmp_path):
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("a,b\n1,x\n", encoding="utf-8")
    bad.write_text("a,b\n1,x\n2\n", encoding="utf-8")

    def run(*arguments):
        return subprocess.run([sys.executable, "-m", "datasets.tabular", *map(str, arguments)], capture_output=True, text=True, check=False)

    assert run(good).returncode == 0
    told = run(bad)
    assert told.returncode == 1
    assert "missing-cell" in told.stdout
    assert json.loads(run(bad, "--json").stdout)["tasks"][0]["errors"][0]["rowNumber"] == 3
    assert run(tmp_path / "none.csv").returncode == 1
