"""Schemas and files made to find a difference between our report and frictionless's: every type, format, constraint and dialect."""

import csv
import io

from hypothesis import strategies as st

CSV = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
CELLS = st.one_of(
    st.sampled_from(
        [
            "", " ", "0", "1", "-1", "01", "+1", "1_000", "٣", "០១", "១២៣", "១,៥០០", "1.0", "1.50", "-0", "-0.0", "0.1", "1e3", "NaN",
            "Infinity", "-inf", "sNaN", "1.", ".5", "1e-400", "1e400", "99999999999999999999", "12345678901234567", "1234567890.123456",
            "0.1000000000000000055511151231257827", "1,000", "1.000,5", "1 000,5", "5000៛", "$-3.5", "៛ 1,000", "12%", "a5b", "x-5", "--5",
            "true", "True", "FALSE", "false", "yes", "no", "NA", "-", "null", "None", "បាទ", "ទេ", "2020-01-31", "2020-1-5", "2020-02-30",
            "0000-01-01", "0999-01-01", "31/12/2020", "12/31/2020", "1/2/2020", "31.12.2020", "20201231", "31 Dec 2020", "2020/12/31",
            "2020-01-31T10:00:00", "2020-01-31T10:00:00Z", "2020-01-31T17:00:00+07:00", "2020-01-31 10:00:00+07:00", "2020-01-31T24:00:00",
            "2020-01-31T10:00", "10:00:00", "24:00:00", "10:00", "10:00:00Z", "2020", "99", "20201", "-123", "+123", "២០២០",
            "2020-01", "2020-13", "2020-1", "102.5,10.6", "102.5, 10.6", "190,10", "[103.5,10.6]", '{"lon": 103.5, "lat": 10.6}',
            "ភ្នំពេញ", "ព្រះ\u200bសីហនុ", "\u200b", "\u00a01", "1\u200b", "\ufeff1", "abc", "a b", " a", "x\ty", "AB12", "ab-12", "é", "😀",
            'quo"te', "semi;colon", "line\nbreak", "cr\rhere", "crlf\r\nhere", "a,b", '{"a": 1}', "[1]", '["a", "b"]', "P1D", "P1Y2M", "#a",
            "a@b.kh", "http://a.kh", "aGVsbG8=", "123e4567-e89b-12d3-a456-426614174000",
            '{"type": "Point", "coordinates": [103.5, 10.6]}',
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=6),
    st.integers(-(10**6), 10**6).map(str),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1000, max_value=1000).map(str),
    st.dates().map(str),
    st.datetimes().map(lambda moment: moment.isoformat()),
    st.text("0123456789០១២៥٣.,-+ eE៛%_", max_size=8),
)  # fmt: skip
BOUNDS = {
    "integer": [0, 1, 5, "-3", 10**6, 10**20],
    "number": [0, "0.1", 1.5, "-2.25", 10, "1e400"],
    "date": ["2020-01-31", "1999-12-31"],
    "year": [2000, 2020],
    "datetime": ["2020-01-31T10:00:00", "2020-01-31T10:00:00Z"],
    "time": ["10:00:00"],
    "yearmonth": ["2020-01"],
}
FORMATS = {
    "string": ["email", "uri", "uuid", "binary"],
    "date": ["%d/%m/%Y", "%m/%d/%Y", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d", "%d %b %Y", "any"],
    "datetime": ["%Y-%m-%dT%H:%M", "any"],
    "time": ["%H:%M", "any"],
    "geopoint": ["array", "object"],
}
SETTINGS = {
    "number": [
        {"groupChar": ","}, {"groupChar": ".", "decimalChar": ","}, {"decimalChar": ","}, {"groupChar": " ", "decimalChar": ","},
        {"bareNumber": False}, {"bareNumber": False, "groupChar": ","}, {"floatNumber": True}, {"groupChar": "\u00a0"}, {"groupChar": ", "},
    ],
    "integer": [{"bareNumber": False}],
    "boolean": [{"trueValues": ["yes", "1", "x", "បាទ"], "falseValues": ["no", "0", "x", "ទេ"]}],
}  # fmt: skip
PATTERNS = [
    "[a-z]+", "a|b.*", "[0-9]{2}", r"\w+", "a++", "[^x]*$", "(?i)ab.*", r"\S+ \S+", "[ក-៹]+", r"\d{4}", "[A-Za-z]*", "a|1", "[0-9]+[.]?",
]  # fmt: skip
KINDS = [
    "string", "integer", "number", "boolean", "date", "datetime", "time", "year", "yearmonth", "any", "geopoint", "duration", "array",
    "object", "geojson", "string", "integer", "number", "date",
]  # fmt: skip
NAMES = ["f0", "ឈ្មោះ", "f2", "ចំនួន f3"]


def one_in(number):
    return st.integers(1, number).map(lambda drawn: drawn == number)


@st.composite
def fields(draw, most=4):
    result = []
    for name in NAMES[: draw(st.integers(1, most))]:
        kind = draw(st.sampled_from(KINDS))
        field, constraints = {"name": name, "type": kind}, {}
        if kind in FORMATS and draw(one_in(3)):
            field["format"] = draw(st.sampled_from(FORMATS[kind]))
        if kind in SETTINGS and draw(one_in(2)):
            field |= draw(st.sampled_from(SETTINGS[kind]))
        if draw(one_in(5)):
            field["missingValues"] = draw(st.sampled_from([["", "NA"], ["-"], [], ["1", "abc"]]))
        if draw(one_in(4)):
            constraints["required"] = True
        if draw(one_in(3)):
            constraints["unique"] = True
        if kind == "string" and draw(one_in(2)):
            constraints |= draw(
                st.one_of(
                    st.sampled_from([{"minLength": 2}, {"maxLength": 3}, {"minLength": 1, "maxLength": 4}, {"enum": ["abc", "ភ្នំពេញ"]}]),
                    st.sampled_from(PATTERNS).map(lambda pattern: {"pattern": pattern}),
                )
            )
        if kind == "boolean" and draw(one_in(3)):
            constraints["enum"] = ["true"]
        if kind == "any" and draw(one_in(3)):
            constraints["enum"] = ["abc", 1]
        if kind in BOUNDS and field.get("format") is None and draw(one_in(2)):
            name = draw(st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "enum"]))
            value = draw(st.sampled_from(BOUNDS[kind]))
            constraints[name] = [value, draw(st.sampled_from(BOUNDS[kind]))] if name == "enum" else value
        if constraints:
            field["constraints"] = constraints
        result.append(field)
    return result


@st.composite
def schemas(draw):
    declared = draw(fields())
    names = [field["name"] for field in declared]
    schema = {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": declared}
    if draw(one_in(3)):
        schema["primaryKey"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    if draw(one_in(3)):
        schema["missingValues"] = draw(st.sampled_from([["", "NA", "-"], ["null"], []]))
    return schema


@st.composite
def texts(draw, width, names, most=12):
    """A file of rows that are mostly as wide as they should be."""
    pool = st.one_of(CELLS, st.sampled_from(draw(st.lists(CELLS, min_size=1, max_size=3))))
    usual = st.lists(pool, min_size=width, max_size=width)
    rows = draw(st.lists(st.one_of(usual, usual, usual, st.lists(pool, max_size=width + 2)), max_size=most))
    rows *= draw(st.sampled_from([1, 1, 1, 1, 30]))
    header = draw(st.one_of(st.just(names), st.just(names), st.lists(st.sampled_from([*names, "", "other", " f0 "]), max_size=width + 2)))
    buffer = io.StringIO(newline="")
    end = draw(st.sampled_from(["\n", "\r\n", "\n", "\r"]))
    writer = csv.writer(buffer, quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])), lineterminator=end)
    writer.writerows([header, *rows])
    text = buffer.getvalue()
    if draw(one_in(5)):
        text = text.rstrip("\r\n")
    if draw(one_in(7)):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', "\r", "\n", "\x00", ",", '""', "\n\n"])) + text[at:]
    return text


@st.composite
def documents(draw):
    schema = draw(schemas())
    names = [field["name"] for field in schema["fields"]]
    return schema, draw(texts(len(names), names))


DIALECTS = st.sampled_from(
    [{}, {}, {"commentChar": "#"}, {"commentChar": "1"}, {"commentRows": [2, 4]}, {"skipBlankRows": True}, {"headerRows": [2]}]
)


@st.composite
def linked_documents(draw):
    """Two tables, the first referring to the second and perhaps to itself."""
    schema, text = draw(documents())
    other = {"fields": [{**field, "constraints": {}} for field in draw(fields(2))]}
    names, there = [field["name"] for field in schema["fields"]], [field["name"] for field in other["fields"]]
    keys = []
    for _ in range(draw(st.integers(1, 2))):
        size = draw(st.integers(1, min(len(names), len(there))))
        inside = draw(one_in(3))
        reference = {"resource": "" if inside else "other", "fields": draw(st.permutations(names if inside else there))[:size]}
        keys.append({"fields": draw(st.permutations(names))[:size], "reference": reference})
    # Often the same cells stand in both, so that some are found.
    second = draw(st.one_of(texts(len(there), there), st.just(text)))
    return {**schema, "foreignKeys": keys}, text, other, second


CHECKS = st.lists(
    st.sampled_from(
        [
            {"type": "duplicate-row"}, {"type": "truncated-value"}, {"type": "deviated-value", "fieldName": "f0"}, {"type": "baseline"},
            {"type": "deviated-cell", "interval": 1}, {"type": "forbidden-value", "fieldName": "f0", "values": ["abc", 1]},
            {"type": "sequential-value", "fieldName": "f0"}, {"type": "sequential-value", "fieldName": "none"},
            {"type": "required-value", "fieldName": "f0", "values": ["abc"]}, {"type": "ascii-value"},
            {"type": "row-constraint", "formula": "f0 > 1"}, {"type": "table-dimensions", "minRows": 3, "maxFields": 1},
        ]
    ),
    min_size=1, max_size=3, unique_by=lambda check: check["type"],
)  # fmt: skip
