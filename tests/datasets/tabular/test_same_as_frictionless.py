"""Our report against frictionless's own, on documents made to find a difference."""

import contextlib
import csv
import io

import pytest
from frictionless import Dialect, Resource, Schema
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from datasets.tabular import TabularError, validate
from datasets.tabular.validation import vectorised

CSV = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def theirs(path, schema, dialect=None, encoding="utf-8"):
    resource = Resource(
        path=path.name,
        basepath=str(path.parent),
        format="csv",
        encoding=encoding,
        schema=Schema.from_descriptor(schema),
        dialect=Dialect.from_descriptor({"headerRows": [1], "csv": CSV, **(dialect or {})}),
    )
    return [error.to_descriptor() for error in resource.validate(limit_errors=0).task.errors]


def ours(path, schema, dialect=None, encoding="utf-8"):
    return validate(path, {"dialect": {"csv": CSV, "encoding": encoding, **(dialect or {})}, "schema": schema}, limit_errors=0)


def assert_same(path, schema, dialect=None, encoding="utf-8"):
    expected = theirs(path, schema, dialect, encoding)
    report = ours(path, schema, dialect, encoding)
    assert list(report.errors) == expected
    assert report.total == len(expected)
    return report


CELLS = st.one_of(
    st.sampled_from(
        [
            "", " ", "0", "1", "-1", "01", "+1", "1_000", "٣", "០១", "1.0", "1.50", "-0", "-0.0", "0.1", "1e3", "NaN", "Infinity", "-inf",
            "99999999999999999999", "12345678901234567", "1234567890.123456", "0.1000000000000000055511151231257827",
            "true", "True", "FALSE", "false", "yes", "no", "NA", "-", "null", "2020-01-31", "2020-1-5", "2020-02-30", "0000-01-01",
            "31/12/2020", "12/31/2020", "1/2/2020", "31.12.2020", "20201231", "2020-01-31T10:00:00", "2020-01-31T10:00:00Z",
            "2020-01-31 10:00:00+07:00", "2020-01-31T24:00:00", "2020-01-31T10:00", "10:00:00", "24:00:00", "10:00", "2020", "99", "20201",
            
            "2020-01", "2020-13", "2020-1", 
            "102.5,10.6", "102.5, 10.6", "190,10", "ភ្នំពេញ", "ព្រះ\u200bសីហនុ", "abc", "a b", " a", "a ", "x\ty",
            "AB12", "ab-12", "é", "😀", 'quo"te', "semi;colon", "line\nbreak", "cr\rhere", "a,b", '{"a": 1}', "[1]", "P1D", "a@b.kh", "http://a.kh",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000).map(str),
    st.dates().map(str),
)  # fmt: skip
BOUND = {
    "integer": [0, 1, 5, "-3", 10**6],
    "number": [0, "0.1", 1.5, "-2.25", 10],
    "date": ["2020-01-31", "1999-12-31"],
    "year": [2000, 2020],
    "datetime": ["2020-01-31T10:00:00"],
    "time": ["10:00:00"],
    "yearmonth": ["2020-01"],
}


@st.composite
def fields(draw):
    result = []
    for index in range(draw(st.integers(1, 4))):
        kind = draw(
            st.sampled_from(
                [
                    "string",
                    "integer",
                    "number",
                    "boolean",
                    "date",
                    "datetime",
                    "time",
                    "year",
                    "yearmonth",
                    "any",
                    "geopoint",
                    "string",
                    "integer",
                ]
            )
        )
        field = {"name": f"f{index}", "type": kind}
        constraints = {}
        if kind == "date" and draw(st.booleans()):
            field["format"] = draw(st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d.%m.%Y", "any"]))
        if kind == "boolean" and draw(st.booleans()):
            field |= {"trueValues": ["yes", "1", "x"], "falseValues": ["no", "0", "x"]}
        if draw(st.integers(0, 4)) == 0:
            field["missingValues"] = draw(st.sampled_from([["", "NA"], ["-"], [], ["1", "abc"]]))
        if draw(st.integers(0, 2)) == 0:
            constraints["required"] = True
        if draw(st.integers(0, 2)) == 0:
            constraints["unique"] = True
        if kind == "string" and draw(st.booleans()):
            constraints |= draw(
                st.sampled_from(
                    [
                        {"minLength": 2}, {"maxLength": 3}, {"minLength": 1, "maxLength": 4}, {"pattern": "[a-z]+"}, {"pattern": "a|b.*"},
                        {"pattern": "[0-9]{2}"}, {"pattern": r"\w+"}, {"pattern": "a++"}, {"pattern": "[^x]*$"}, {"pattern": "(?i)ab.*"},
                        {"pattern": r"\S+ \S+"}, {"enum": ["abc", "a b", "ភ្នំពេញ"]},
                    ]
                )
            )  # fmt: skip
        if kind in BOUND and field.get("format") is None and draw(st.booleans()):
            name = draw(st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"]))
            value = draw(st.sampled_from(BOUND[kind]))
            constraints[name] = [value, draw(st.sampled_from(BOUND[kind]))] if name == "enum" else value
        if constraints:
            field["constraints"] = constraints
        result.append(field)
    return result


@st.composite
def documents(draw):
    declared = draw(fields())
    schema = {"fields": declared}
    if draw(st.integers(0, 2)) == 0:
        schema["primaryKey"] = draw(st.lists(st.sampled_from([field["name"] for field in declared]), min_size=1, max_size=2, unique=True))
    if draw(st.integers(0, 2)) == 0:
        schema["missingValues"] = draw(st.sampled_from([["", "NA", "-"], ["null"], []]))
    width = len(declared)
    pool = st.one_of(CELLS, st.sampled_from(draw(st.lists(CELLS, min_size=1, max_size=3))))
    usual = st.lists(pool, min_size=width, max_size=width)
    rows = draw(st.lists(st.one_of(usual, usual, usual, st.lists(pool, max_size=width + 2)), max_size=12))
    names = [field["name"] for field in declared]
    header = draw(st.one_of(st.just(names), st.just(names), st.lists(st.sampled_from([*names, "", "other", " f0 "]), max_size=width + 2)))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, quoting=quoting, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\n", "\r"])))
    writer.writerows([header, *rows])
    text = buffer.getvalue()
    if draw(st.integers(0, 4)) == 0:
        text = text.rstrip("\r\n")
    if draw(st.integers(0, 6)) == 0:
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', "\r", "\n", "\x00", ",", '""', "\n\n"])) + text[at:]
    return schema, text


@SETTINGS
@given(documents())
def test_every_type_constraint_and_shape(tmp_path, document):
    schema, text = document
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode())
    if not text:
        return
    expected = None
    with contextlib.suppress(Exception):
        expected = theirs(path, schema)
    try:
        report = ours(path, schema)
    except TabularError as error:
        assert expected is None or error.problem.code == "bad-descriptor", (error.problem, expected)  # noqa: PT017
        return
    if expected is None:
        assert report.problem is not None
        assert report.problem.code == "engine-error"
    else:
        assert list(report.errors) == expected
        assert report.total == len(expected)


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
