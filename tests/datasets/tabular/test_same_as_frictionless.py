"""Our report against frictionless's own, on documents made to find a difference.

`FUZZ_EXAMPLES=5000` looks longer than the suite does.
"""

import os

import pytest
from frictionless import Checklist, Package, Resource
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datasets.tabular import TabularError, batches, regularity, validate
from datasets.tabular.headers import INVISIBLE
from datasets.tabular.validation import service, vectorised

from .documents import CHECKS, CSV, DIALECTS, documents, linked_documents

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "100"))
CHECKED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
SETTINGS = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=CHECKED)
FEWER = settings(SETTINGS, max_examples=EXAMPLES // 2)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    """Keys, comments and foreign keys must hold across batches; small files must go the way of large ones."""
    monkeypatch.setattr(service, "SMALL_BYTES", 0)
    monkeypatch.setattr(batches, "SEGMENT_BYTES", 20)
    monkeypatch.setattr(regularity, "_CHUNK", 200)
    monkeypatch.setattr(batches, "MIN_ROWS", 3)
    monkeypatch.setattr(batches.limits, "BATCH_CELLS", 12)


def resource(path, schema, dialect=None, encoding="utf-8", name="data"):
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": name,
        "path": path.name,
        "format": "csv",
        "encoding": encoding,
        "schema": schema,
        "dialect": {"headerRows": [1], "csv": CSV, **(dialect or {})},
    }
    return Resource.from_descriptor(descriptor, basepath=str(path.parent))


def theirs(path, schema, dialect=None, encoding="utf-8", checks=(), other=None):
    checked = resource(path, schema, dialect, encoding)
    if other:
        package = Package(resources=[checked, resource(*other, name="other")], basepath=str(path.parent))
        checked = package.get_resource("data")
    report = checked.validate(Checklist.from_descriptor({"checks": list(checks)}), limit_errors=0)
    return [error.to_descriptor() for error in report.task.errors], report.task.stats.get("rows", 0)


def ours(path, schema, dialect=None, encoding="utf-8", checks=(), other=None):
    descriptor = {"dialect": {"csv": CSV, "encoding": encoding, **(dialect or {})}, "schema": schema, "checks": list(checks)}
    references = {"other": (other[0], {"schema": other[1], "dialect": {"csv": CSV}})} if other else None
    return validate(path, descriptor, limit_errors=0, references=references)


def assert_same(path, schema, dialect=None, encoding="utf-8", **options):
    expected, rows = theirs(path, schema, dialect, encoding, **options)
    report = ours(path, schema, dialect, encoding, **options)
    assert list(report.errors) == expected
    assert (report.total, report.rows) == (len(expected), rows)
    return report


def assert_same_or_clear(path, schema, dialect=None, **options):
    """Where frictionless breaks down with a traceback of its own, ours says so as a problem."""
    try:
        expected = theirs(path, schema, dialect, **options)
    except Exception:
        expected = None
    try:
        report = ours(path, schema, dialect, **options)
    except TabularError as error:
        assert expected is None or error.problem.code == "bad-descriptor", (error.problem, expected)  # noqa: PT017
        return
    if expected is None:
        assert report.problem is not None
        assert report.problem.code == "engine-error"
    else:
        assert (list(report.errors), report.rows) == expected
        assert report.total == len(expected[0])


@SETTINGS
@given(documents(), DIALECTS)
def test_every_type_constraint_and_shape(tmp_path, document, dialect):
    schema, text = document
    if dialect.get("headerRows"):  # any row may be the header then, and ours cleans labels of what nobody sees
        text = text.translate(INVISIBLE)
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode())
    if text:
        assert_same_or_clear(path, schema, dialect)


@FEWER
@given(linked_documents())
def test_foreign_keys(tmp_path, document):
    schema, text, other, second = document
    path, there = tmp_path / "data.csv", tmp_path / "other.csv"
    path.write_bytes(text.encode())
    there.write_bytes(second.encode())
    if text and second:
        assert_same_or_clear(path, schema, other=(there, other))


@FEWER
@given(documents(), CHECKS)
def test_optional_checks(tmp_path, document, checks):
    schema, text = document
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode())
    if text:
        assert_same_or_clear(path, schema, checks=checks)


@FEWER
@given(documents(), st.sampled_from(["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"]))
def test_every_encoding(tmp_path, document, encoding):
    schema, text = document
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding, "replace"))
    if text:
        assert_same_or_clear(path, schema, encoding=encoding)


SCHEMA = {
    "fields": [
        {"name": "code", "type": "string", "constraints": {"pattern": "[0-9]{4}", "unique": True}},
        {"name": "ឈ្មោះ", "type": "string"},
        {"name": "n", "type": "integer", "constraints": {"minimum": 0}},
    ]
}
ROWS = "1801,ព្រះសីហនុ,1\n1802,,x\n180,ភ្នំ,-1\n\n1801,a,٣\n1803,b\n"


@pytest.mark.parametrize(
    ("text", "dialect", "encoding"),
    [
        ("code,ឈ្មោះ,n\n" + ROWS, {}, "utf-8"),
        ("code,ឈ្មោះ,n\n" + ROWS, {}, "utf-8-sig"),
        ("\ufeffcode,ឈ្មោះ,n\n" + ROWS, {}, "utf-8"),
        ("code,ឈ្មោះ,n\n" + ROWS, {}, "utf-16"),
        (ROWS, {"header": False}, "utf-8"),
        (ROWS, {"header": False}, "utf-8-sig"),
        ("Title\n\ncode,ឈ្មោះ,n\n" + ROWS, {"headerRows": [3]}, "utf-8"),
        ("code,ឈ្មោះ,n\n" + ROWS, {"headerRows": [1, 2]}, "utf-8"),
        ("code,ឈ្មោះ,n\n#x,y,1\n" + ROWS, {"commentChar": "#"}, "utf-8"),
        ("code,ឈ្មោះ,n\n" + ROWS, {"skipBlankRows": True}, "utf-8"),
        ("code;ឈ្មោះ;n\n" + ROWS.replace(",", ";"), {"csv": {**CSV, "delimiter": ";"}}, "utf-8"),
        ("code,ឈ្មោះ,n\n" + ROWS.replace(",", ", "), {"csv": {**CSV, "skipInitialSpace": True}}, "utf-8"),
        ("code,ឈ្មោះ,n\n'1801','a,b',2\n" + ROWS, {"csv": {**CSV, "quoteChar": "'"}}, "utf-8"),
        ("CODE,ឈ្មោះ,n\n" + ROWS, {"headerCase": False}, "utf-8"),
        ("code,other,n,extra\n" + ROWS, {}, "utf-8"),
        ("code\n" + ROWS, {}, "utf-8"),
    ],
)
@pytest.mark.parametrize("key", [[], ["code"], ["code", "n"]])
def test_every_dialect(tmp_path, text, dialect, encoding, key):
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))
    assert_same(path, {**SCHEMA, "primaryKey": key} if key else SCHEMA, dialect, encoding)


@pytest.mark.parametrize("mode", ["exact", "equal", "subset", "superset", "partial"])
def test_fields_matched_by_name(tmp_path, mode):
    path = tmp_path / "data.csv"
    path.write_text("n,code,other\n1,1801,x\nx,18,y\n,1801,\n", encoding="utf-8")
    assert_same(path, {**SCHEMA, "fieldsMatch": mode})


def test_many_errors_hand_over_and_are_all_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(vectorised, "FREELY_JUDGED_ROWS", 10)
    path = tmp_path / "data.csv"
    path.write_text("a\n" + "x\n" * 3000, encoding="utf-8")
    report = validate(path, {"schema": {"fields": [{"name": "a", "type": "integer"}]}})
    assert (report.engine, report.reason) == ("frictionless", "too many doubtful rows")
    assert (len(report.errors), report.total, report.truncated) == (1000, 3000, True)
    assert report.to_descriptor()["tasks"][0]["warnings"] == ["reached error limit: 1000"]


def test_the_usual_file_takes_the_fast_path(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("code,ឈ្មោះ,n\n" + ROWS.replace("\n\n", "\n") + '1805,"a ""b"", c",4\n', encoding="utf-8")
    assert assert_same(path, SCHEMA).engine == "vectorised"
