"""Every form in which offices send tables, read as it is meant, and corrected where the guess is wrong."""

import io
import json
import zipfile

import pytest
import xlsxwriter

from datasets.tabular import detect, read_page, validate, write_parquet
from datasets.tabular.detection import MEDIA_TYPES

from .workbooks import ods, xls

HEADED = [["ចំនួនប្រជាជនតាមភូមិ", "", "", ""], ["ភូមិ", "ប្រជាជន", "", "គ្រួសារ"], ["", "ប្រុស", "ស្រី", ""], ["ភូមិ១", 10, 20, 5]]
JOINED = ["ភូមិ", "ប្រជាជន – ប្រុស", "ប្រជាជន – ស្រី", "គ្រួសារ"]


@pytest.fixture
def read(tmp_path):
    """(detection, rows of the table) of bytes under a name; the table is checked on the way."""

    def run(data, name="ភូមិ.csv", dialect=None):
        path = tmp_path / "upload"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        found = detect(path, filename=name, dialect=dialect)
        if not found.is_table:
            return found, []
        report = validate(path, found.descriptor)
        assert set(report.totals) <= {"blank-label"}, report.errors
        write_parquet(path, found.descriptor, tmp_path / "t.parquet")
        return found, [row[1:] for row in read_page(tmp_path / "t.parquet").rows]

    return run


def names(found):
    return [field["name"] for field in found.schema["fields"]]


def xlsx(sheets):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


def merged_xlsx():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("ទិន្នន័យ")
        sheet.merge_range("A1:D1", HEADED[0][0])
        sheet.merge_range("A2:A3", "ភូមិ")
        sheet.merge_range("B2:C2", "ប្រជាជន")
        sheet.merge_range("D2:D3", "គ្រួសារ")
        sheet.write_row("B3", ["ប្រុស", "ស្រី"])
        sheet.write_row("A4", HEADED[3])
    return target.getvalue()


def merged_xls():
    return xls("ទិន្នន័យ", HEADED, [(0, 0, 0, 3), (1, 2, 0, 0), (1, 1, 1, 2), (1, 2, 3, 3)])


def merged_ods():
    return ods({"ទិន្នន័យ": HEADED}, [(0, 0, 0, 3), (1, 2, 0, 0), (1, 1, 1, 2), (1, 2, 3, 3)])


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (merged_xlsx, "ភូមិ.xlsx", "xlsx"),
        (merged_xls, "ភូមិ.xls", "xls"),
        (merged_xls, "ភូមិ.xlsx", "xls"),
        (merged_ods, "ភូមិ.ods", "ods"),
    ],
)
def test_merged_header_cells_are_joined(read, data, name, kind):
    found, rows = read(data(), name)
    assert (found.kind, found.media_type, found.sheets, found.dialect["headerRows"]) == (kind, MEDIA_TYPES[kind], ("ទិន្នន័យ",), [2, 3])
    assert [problem.code for problem in found.problems] == ["title-rows", "joined-header"]
    assert (names(found), rows) == (JOINED, [("ភូមិ១", 10, 20, 5)])


def test_a_header_of_two_rows_is_joined_where_somebody_says_so(read):
    text = "ភូមិ,ប្រជាជន,,គ្រួសារ\n,ប្រុស,ស្រី,\nភូមិ១,10,20,5\n"
    found, rows = read(text, dialect={"headerRows": [1, 2]})
    assert names(found) == ["ភូមិ", "ប្រជាជន – ប្រុស", "ប្រជាជន – ស្រី", "គ្រួសារ"]
    assert rows == [("ភូមិ១", 10, 20, 5)]


def test_a_label_over_two_rows_of_data_is_no_second_header(read):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:B1", "ភូមិ និងឃុំ")
        sheet.write("C1", "ចំនួន")
        sheet.write_row("A2", ["ក", "ក", 10])
        sheet.write_row("A3", ["ខ", "គ", 20])
    found, rows = read(target.getvalue(), "a.xlsx")
    assert found.dialect["headerRows"] == [1]
    assert rows == [("ក", "ក", 10), ("ខ", "គ", 20)]


def test_open_document_and_the_choice_of_a_sheet(read):
    data = ods({"ភូមិ": [["កូដ", "ឈ្មោះ"], ["01", "ភូមិ១"]], "ឃុំ": [["ឃុំ", "ចំនួន"], ["ឃុំ១", 7.5]]})
    found, rows = read(data, "ទិន្នន័យ.ods")
    assert (found.kind, found.sheets, found.sheet, rows) == ("ods", ("ភូមិ", "ឃុំ"), "ភូមិ", [("01", "ភូមិ១")])
    found, rows = read(data, "ទិន្នន័យ.ods", {"excel": {"sheet": "ឃុំ"}})
    assert (found.sheet, rows) == ("ឃុំ", [("ឃុំ១", 7.5)])
    found, _ = read(data, "ទិន្នន័យ.ods", {"excel": {"sheet": "ស្រុក"}})
    assert found.refusal.context == {"reason": "no-sheet", "sheet": "ស្រុក"}


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_a_workbook_with_a_password_is_named_as_that(read, name):
    found, _ = read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(600), name)
    assert (found.refusal.code, found.refusal.context["reason"]) == ("unreadable-xlsx", "encrypted")


def test_a_header_with_a_gap_stays_the_header(read):
    found, rows = read("ក,\n1,2\n")
    assert (found.header_row, names(found), rows) == (1, ["ក", "column_2"], [(1, 2)])


def test_a_title_over_rows_without_names_is_no_header(read):
    found, _ = read("ចំណងជើង,,\n1801,1,2\n1802,3,4\n")
    assert found.header_row is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_lines_that_end_in_a_carriage_return_alone(read, encoding):
    found, rows = read("code,name\r01,ភូមិ១\r02,ភូមិ២\r".encode(encoding))
    assert rows == [("01", "ភូមិ១"), ("02", "ភូមិ២")]
    assert "bare-cr" in [problem.code for problem in found.problems]


def test_numbers_in_khmer_digits_are_kept_exactly_and_told(read):
    found, rows = read("ភូមិ,ចំនួន\nក,១២០\nខ,០៨០\n")
    assert [field["type"] for field in found.schema["fields"]] == ["string", "string"]
    assert rows == [("ក", "១២០"), ("ខ", "០៨០")]
    told = found.problems[0]
    assert (told.code, told.field, told.context["suggestion"]) == ("khmer-digits", "ចំនួន", "120")


def test_text_of_an_old_khmer_font_is_told(read):
    found, rows = read("PUmi,cMnYn\nPUmi1,12\n")
    assert [problem.code for problem in found.problems] == ["legacy-font"]
    assert rows == [("PUmi1", 12)]


@pytest.mark.parametrize(("encoding", "text"), [("gb18030", "名称,数量\n西哈努克,5\n"), ("big5", "名稱,數量\n西哈努克,5\n")])
def test_a_wrong_guess_of_the_encoding_is_corrected(read, encoding, text):
    found, rows = read(text.encode(encoding), dialect={"encoding": encoding})
    assert (found.encoding, found.encoding_certain, rows) == (encoding, True, [("西哈努克", 5)])


def test_an_encoding_that_cannot_be_is_refused_with_its_row(read):
    found, _ = read("ឈ្មោះ,n\nក,1\n", dialect={"encoding": "ascii"})
    assert (found.kind, found.refusal.code, found.refusal.row) == ("csv", "encoding-unknown", 1)


def test_the_decimal_mark_is_said(read):
    text = "ឈ្មោះ;ផ្ទៃ\nក;1.200\nខ;2.500\n"
    assert read(text)[1] == [("ក", 1.2), ("ខ", 2.5)]
    found, rows = read(text, dialect={"decimalChar": ","})
    assert (rows, found.dialect["decimalChar"]) == ([("ក", 1200.0), ("ខ", 2500.0)], ",")


def test_records_one_a_line(read):
    found, rows = read('{"ឈ្មោះ": "ភូមិ១", "n": 1}\n\n{"ឈ្មោះ": "ភូមិ២", "x": {"ក": [1]}}\n', "a.ndjson")
    assert (found.kind, names(found)) == ("ndjson", ["ឈ្មោះ", "n", "x"])
    assert rows == [("ភូមិ១", 1, None), ("ភូមិ២", None, '{"ក":[1]}')]
    assert read('{"ក": 1}\n{"ក": 2}\n', "a.json")[0].kind == "ndjson"
    found, _ = read('{"ក": 1}\n{"ក": \n', "a.jsonl")
    assert (found.refusal.code, found.refusal.row) == ("bad-json", 2)


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder><Placemark><name>ផ្សារលើ</name>
<description><![CDATA[<b>ផ្សារ</b>]]></description><ExtendedData><Data name="ឃុំ"><value>សង្កាត់ ៤</value></Data></ExtendedData>
<Point><coordinates> 103.52,10.63,0 </coordinates></Point></Placemark><Placemark><name>ផ្លូវ</name>
<LineString><coordinates>103.5,10.6 103.6,10.7</coordinates></LineString></Placemark></Folder></Document></kml>"""


def kmz(text, name="doc.kml"):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(("data", "name"), [(KML, "ផ្សារ.kml"), (kmz(KML), "ផ្សារ.kmz"), (kmz(KML, "ផ្សារ.kml"), "ផ្សារ.kmz")])
def test_placemarks_become_a_table_of_points(read, data, name):
    found, rows = read(data, name)
    assert (found.kind, names(found)) == ("kml", ["name", "description", "ឃុំ", "longitude", "latitude"])
    assert rows == [("ផ្សារលើ", "<b>ផ្សារ</b>", "សង្កាត់ ៤", 103.52, 10.63), ("ផ្លូវ", None, None, None, None)]


LAUGHS = '<!DOCTYPE kml [<!ENTITY a "ក"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (LAUGHS + "<kml><Placemark><name>&b;</name></Placemark></kml>", "bad-kml", "entities"),
        (OUTSIDE + "<kml><Placemark><name>&a;</name></Placemark></kml>", "bad-kml", "entities"),
        (KML[:300], "bad-kml", "syntax"),
        (KML.replace("Point", "Pont"), "bad-kml", "no-points"),
        (kmz(b" " * (700 << 20)), "zip-bomb", None),
        (kmz("", "readme.txt"), "bad-kml", "not-kml"),
    ],
    ids=["laughs", "outside", "cut", "lines", "bomb", "no-kml"],
)
def test_hostile_placemarks_are_refused_in_words(read, data, code, reason):
    found, _ = read(data, "a.kmz" if isinstance(data, bytes) else "a.kml")
    assert (found.refusal.code, found.refusal.context.get("reason")) == (code, reason)


def test_what_was_found_can_be_kept_as_json(read):
    found, _ = read(merged_xlsx(), "a.xlsx")
    assert json.loads(json.dumps(found.to_dict()))["dialect"] == found.dialect
