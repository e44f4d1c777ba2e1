"""The command line: a report for people, frictionless's JSON for programs, an exit code for both."""

import json

import pytest
from django.core.management import call_command
from frictionless import Report

from datasets.tabular.__main__ import main

SCHEMA = """
fields:
- {name: លេខកូដ, type: string, constraints: {pattern: "[0-9]{4}"}}
- {name: n, type: integer}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ភូមិ.csv"
    path.write_text("លេខកូដ,n\n1801,1\n01802,១២\n1803,x\x1b[31m\n", encoding="utf-8")
    (tmp_path / "schema.yaml").write_text(SCHEMA, encoding="utf-8")
    return path


def run(*arguments):
    return main([str(argument) for argument in arguments])


def test_a_report_for_people_names_row_field_and_cell(file, capsys):
    assert run(file, "--schema", file.parent / "schema.yaml") == 1
    shown = capsys.readouterr().out
    assert "3 rows, 2 columns" in shown
    assert 'The cell "01802" in row at position "3" and field "លេខកូដ"' in shown
    assert "\x1b" not in shown


def test_json_is_what_frictionless_reads(file, capsys):
    assert run(file, "--schema", file.parent / "schema.yaml", "--json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["totals"] == {"constraint-error": 1, "type-error": 1}
    keys = ("valid", "stats", "warnings", "errors", "tasks")
    assert Report.from_descriptor({key: report[key] for key in keys}).flatten(["rowNumber", "type"]) == [
        [3, "constraint-error"],
        [4, "type-error"],
    ]


def test_a_valid_file_and_a_resource_with_checks(file, tmp_path, capsys):
    assert run(file) == 0
    assert "valid" in capsys.readouterr().out
    resource = {"schema": {"fields": [{"name": "លេខកូដ"}, {"name": "n"}]}, "checks": [{"type": "table-dimensions", "minRows": 9}]}
    (tmp_path / "resource.json").write_text(json.dumps(resource), encoding="utf-8")
    assert run(file, "--schema", tmp_path / "resource.json") == 1
    assert "number of rows is 3, the minimum is 9" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        (None, "There is no schema"),
        ("{", "neither JSON nor YAML"),
        ("[1]", "is no Table Schema"),
        ('{"fields": [{"name": "a", "type": "no-such-type"}]}', "The schema cannot be used"),
    ],
)
def test_a_bad_schema_is_said_in_words(file, tmp_path, capsys, schema, words):
    path = tmp_path / "schema.json"
    if schema is not None:
        path.write_text(schema, encoding="utf-8")
    assert run(file, "--schema", path) == 1
    assert words in capsys.readouterr().err
    assert run(file, "--schema", path, "--json") == 1
    report = json.loads(capsys.readouterr().out)
    keys = ("valid", "stats", "warnings", "errors", "tasks")
    read = Report.from_descriptor({key: report[key] for key in keys})
    assert not read.valid
    assert words in read.errors[0].message


def test_a_missing_file_and_one_that_is_no_table(tmp_path, capsys):
    assert run(tmp_path / "none.csv") == 1
    assert "There is no file" in capsys.readouterr().err
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(50))
    assert run(tmp_path / "a.pdf") == 1
    assert "cannot be read as a table" in capsys.readouterr().err


def test_the_same_through_manage(file, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("validate", str(file), schema=file.parent / "schema.yaml")
    assert ended.value.code == 1
    assert "01802" in capsys.readouterr().out
    call_command("validate", str(file))


def test_foreign_keys_look_into_the_files_that_are_named(file, tmp_path, capsys):
    (tmp_path / "units.csv").write_text("code\n1801\n1803\n", encoding="utf-8")
    key = {"fields": ["លេខកូដ"], "reference": {"resource": "units", "fields": ["code"]}}
    fields = [{"name": "លេខកូដ", "type": "string"}, {"name": "n", "type": "string"}]
    (tmp_path / "keys.json").write_text(json.dumps({"fields": fields, "foreignKeys": [key]}), encoding="utf-8")
    assert run(file, "--schema", tmp_path / "keys.json", "--reference", f"units={tmp_path / 'units.csv'}", "--json") == 1
    errors = json.loads(capsys.readouterr().out)["tasks"][0]["errors"]
    assert [(error["type"], error["rowNumber"]) for error in errors] == [("foreign-key", 3)]
