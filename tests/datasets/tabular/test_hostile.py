"""Files that want to break something: always a problem with a code, never another exception, never much memory or time."""

import gc
import io
import json
import struct
import zipfile

import pytest
import xlsxwriter

from datasets.tabular import TabularError, detect, limits, validate, write_parquet


def given(tmp_path, data, name="upload.csv"):
    path = tmp_path / "upload"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path, detect(path, filename=name)


def codes(found):
    return [problem.code for problem in found.problems]


def workbook(rows, name="Sheet1"):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
    return buffer.getvalue()


def rezipped(data, replace):
    """The same workbook with members replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, replace.get(name, source.read(name)))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.csv", "empty-file"),
        (b"\r\n \n\n", "a.csv", "empty-file"),
        (b"\xef\xbb\xbf", "a.csv", "empty-file"),
        (b"%PDF-1.7\n" + bytes(100), "report.csv", "binary-content"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "photo.tsv", "binary-content"),
        (bytes(range(256)) * 40, "noise.csv", "binary-content"),
        (b"\x7fELF" + bytes(1000), "tool.xlsx", "program"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "page.csv", "binary-content"),
        ("កូដ,ឈ្មោះ\n១,ក\n".encode() * 50 + b"\xe1\x9e,x\n", "cut.csv", "encoding-unknown"),
        (b"PK\x03\x04 not really", "a.xlsx", "unreadable-xlsx"),
        (b"PK\x05\x06" + bytes(18), "a.xlsx", "unreadable-xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "locked.xlsx", "unreadable-xlsx"),
        (b'{"type": "FeatureCollection", "features": [', "a.geojson", "bad-geojson"),
        (b'{"type": "FeatureCollection", "features": []}', "a.geojson", "bad-geojson"),
        (b'{"type": "FeatureCollection", "features": [1]}', "a.geojson", "bad-geojson"),
        (b'{"type": "FeatureCollection", "features": {"a": 1}}', "a.geojson", "bad-geojson"),
        (b'{"hello": "world"}', "a.geojson", "bad-geojson"),
        (b"[" * 200_000, "a.json", "bad-json"),
        (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "a.json", "bad-json"),
        (b'[{"a": 1}, 2]', "a.json", "bad-json"),
        (b'[{"a": NaN}]', "a.json", "bad-json"),
        (b'[{"a": ' + b"9" * 10_000 + b"}]", "a.json", "bad-json"),
        (b"a,b\n" + b"1," * 5_000 + b"\n", "wide.csv", "too-wide"),
    ],
)
def test_refused_with_a_code(tmp_path, data, name, code):
    gc.collect()  # what other tests left is not to be thrown away at the bottom of the deep files' recursion
    path, found = given(tmp_path, data, name)
    assert found.refusal is not None
    assert found.refusal.code == code
    assert not found.is_table
    json.dumps(found.to_dict())
    # Whoever insists gets a clear error too.
    with pytest.raises(TabularError):
        validate(path, {"dialect": {"kind": "xlsx" if name.endswith("xlsx") else "json"}, "schema": {"fields": []}})


def test_other_files_are_kept_as_they_are(tmp_path):
    for name, data, media_type in [
        ("a.pdf", b"%PDF-1.7\n" + bytes(50), "application/pdf"),
        ("a.txt", b"Just a few words.\nAnd some more, of course.\n", "text/plain"),
        ("a.json", b'{"hello": "world"}', "application/json"),
        ("a.html", b"<html><p>a,b</p></html>", "text/html"),
    ]:
        _, found = given(tmp_path, data, name)
        assert (found.kind, found.media_type, found.refusal) == ("file", media_type, None)


def test_a_line_without_end_is_refused_before_it_is_parsed(tmp_path):
    path, found = given(tmp_path, b"a" * (50 << 20))
    assert codes(found) == ["line-too-long"]
    with pytest.raises(TabularError) as caught:
        validate(path, {"schema": {"fields": [{"name": "a", "type": "string"}]}})
    assert caught.value.problem.code == "line-too-long"


def test_a_wide_line_later_in_the_file_is_refused(tmp_path):
    data = "a,b\n" + "1,2\n" * 400_000 + "1," * 100_000 + "\n"
    path, found = given(tmp_path, data)
    assert found.refusal.code == "too-wide"
    assert found.refusal.row == 400_002


def test_a_declared_zip_bomb(tmp_path):
    data = rezipped(workbook([["a"], [1]]), {SHEET: b"<worksheet>" + b" " * (100 << 20)})
    assert len(data) < 2 << 20
    _, found = given(tmp_path, data, "a.xlsx")
    assert codes(found) == ["zip-bomb"]


def test_a_zip_bomb_that_lies_about_its_size(tmp_path):
    data = bytearray(rezipped(workbook([["a"], [1]]), {SHEET: b"<worksheet>" + b" " * (70 << 20)}))
    honest, lie = struct.pack("<I", (70 << 20) + 11), struct.pack("<I", 1000)
    assert data.count(honest) >= 2
    _, found = given(tmp_path, bytes(data.replace(honest, lie)), "a.xlsx")
    assert codes(found) == ["zip-bomb"]


def test_a_sheet_with_two_far_cells_does_not_become_a_rectangle(tmp_path):
    sheet = b'<worksheet><sheetData><row r="1"><c r="A1"/></row><row r="9"><c r="XFD1048576"></c></row></sheetData></worksheet>'
    _, found = given(tmp_path, rezipped(workbook([["a"], [1]]), {SHEET: sheet}), "a.xlsx")
    assert codes(found) == ["too-big"]


def test_entities_in_a_workbook_do_not_expand(tmp_path):
    entities = "".join(
        f'<!ENTITY l{n} "{"&l" + str(n - 1) + ";" if n else "lol"}{"&l" + str(n - 1) + ";" if n else ""}">' for n in range(40)
    )
    for text in (f"<!DOCTYPE x [{entities}]>", '<!DOCTYPE x [<!ENTITY l39 SYSTEM "file:///etc/passwd">]>'):
        row = '<row r="1"><c r="A1" t="inlineStr"><is><t>&l39;</t></is></c></row>'
        sheet = f'<?xml version="1.0"?>{text}<worksheet><sheetData>{row}</sheetData></worksheet>'
        _, found = given(tmp_path, rezipped(workbook([["a"], [1]]), {SHEET: sheet.encode()}), "a.xlsx")
        assert "root:" not in str(found.sample) + str(found.labels)
        assert len(str(found.labels)) < 1000


def test_shared_strings_copied_without_end_hit_the_memory_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ZIP_RATIO", 10**9)
    monkeypatch.setattr(limits, "SPREADSHEET_MEMORY_BYTES", 500 << 20)
    base = workbook([["text"]])
    strings = b'<sst><si><t xml:space="preserve">' + b"x" * (5 << 20) + b"</t></si></sst>"
    cells = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 2000))
    data = rezipped(base, {"xl/sharedStrings.xml": strings, SHEET: b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"})
    _, found = given(tmp_path, data, "a.xlsx")
    assert codes(found) == ["unreadable-xlsx"]


def test_odd_bytes_are_told_and_survive(tmp_path):
    path, found = given(tmp_path, "a,b\r1,x\r2,y\x00z\r")
    assert set(codes(found)) == {"bare-cr", "nul-byte"}
    report = validate(path, found.descriptor)
    assert (report.valid, report.rows) == (True, 2)
    assert write_parquet(path, found.descriptor, tmp_path / "t.parquet").rows == 2


def test_ragged_blank_and_duplicate_headers_are_told_and_reported(tmp_path):
    path, found = given(tmp_path, "code,,name,name\n01,a,b,c\n02,a,b\n03,a,b,c,d\n\n04,a,b,c\n")
    assert [(problem.code, problem.row) for problem in found.problems] == [("blank-header", 1), ("duplicate-header", 1), ("ragged-row", 3)]
    assert [field["name"] for field in found.schema["fields"]] == ["code", "column_2", "name", "name_2"]
    report = validate(path, found.descriptor)
    assert report.totals == {"blank-label": 1, "duplicate-label": 1, "missing-cell": 1, "extra-cell": 1, "blank-row": 1}
    table = write_parquet(path, found.descriptor, tmp_path / "t.parquet")
    assert table.rows == 4


@pytest.mark.parametrize(
    "schema",
    [
        {"fields": [{"name": "a"}, {"name": "a"}]},
        {"fields": [{"type": "string"}]},
        {"fields": [{"name": "a", "type": "no-such-type"}]},
        {"fields": [{"name": "a", "type": "string", "constraints": {"pattern": "("}}]},
        {"fields": "a"},
        {"fields": [{"name": "a", "type": "string"}], "primaryKey": ["b"]},
    ],
)
def test_a_broken_schema_is_a_clear_error(tmp_path, schema):
    path, _ = given(tmp_path, "a\n1\n")
    with pytest.raises(TabularError) as caught:
        validate(path, {"schema": schema})
    assert caught.value.problem.code == "bad-descriptor"


def test_cells_that_frictionless_cannot_compare_become_a_report(tmp_path):
    for text, field in [
        ("a\n1\nsNaN\n", {"name": "a", "type": "number", "constraints": {"unique": True}}),
        ("a\n2020-01-01T00:00:00Z\n", {"name": "a", "type": "datetime", "constraints": {"minimum": "2019-01-01T00:00:00"}}),
        ('a\n"[1]"\n"[1]"\n', {"name": "a", "type": "array", "constraints": {"unique": True}}),
    ]:
        path, _ = given(tmp_path, text)
        report = validate(path, {"schema": {"fields": [field]}})
        assert not report.valid
        assert report.problem.code == "engine-error"
        assert "row-error" in report.totals
