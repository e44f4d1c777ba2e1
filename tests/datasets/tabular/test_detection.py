"""What is proposed for the files that people really have."""

import io
import json
from datetime import date

import pytest
import xlsxwriter

from datasets.tabular import detect, read_page, validate, write_parquet


def given(tmp_path, data, name="upload.csv"):
    path = tmp_path / "upload"
    path.write_bytes(data)
    return path, detect(path, filename=name)


def types(found):
    return {field["name"]: field["type"] for field in found.schema["fields"]}


def valid_table(path, found, tmp_path):
    report = validate(path, found.descriptor)
    assert report.valid, report.errors
    write_parquet(path, found.descriptor, tmp_path / "t.parquet")
    return read_page(tmp_path / "t.parquet").rows


def test_semicolons_with_decimal_commas(tmp_path):
    path, found = given(tmp_path, "name;x;y\nក;1,5;2,25\nខ;3,0;4\n".encode())
    assert (found.delimiter, types(found)) == (";", {"name": "string", "x": "number", "y": "number"})
    assert valid_table(path, found, tmp_path) == [(1, "ក", 1.5, 2.25), (2, "ខ", 3.0, 4.0)]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [("gb18030", "名称,人口\n西哈努克,1000\n金边,2000\n贡布,3000\n"), ("euc_kr", "도시,인구\n서울,1\n부산,2\n인천,3\n대구,5\n")],
)
def test_a_few_chinese_names_are_not_taken_for_korean(tmp_path, encoding, text):
    _path, found = given(tmp_path, text.encode(encoding))
    assert (found.encoding, found.encoding_certain) == (encoding, False)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_in_every_form(tmp_path, encoding):
    text = "code,name,n\n" + "".join(f"0{n},ក្រុង {n},{n}\n" for n in range(1, 9))
    path, found = given(tmp_path, text.encode(encoding))
    assert found.kind == "csv"
    assert valid_table(path, found, tmp_path)[0] == (1, "01", "ក្រុង 1", 1)


def test_windows_1252_is_a_guess_for_the_publisher(tmp_path):
    path, found = given(tmp_path, "nom,année\nCafé Éléphant,2020\nHôtel Indépendance,2021\n".encode("cp1252"))
    assert (found.encoding, found.encoding_certain) == ("cp1252", False)
    assert [problem.code for problem in found.problems] == ["encoding-guessed"]
    assert valid_table(path, found, tmp_path)[0][1] == "Café Éléphant"


def test_invisible_characters_in_names_and_numbers_that_look_like_points(tmp_path):
    path, found = given(tmp_path, 'ឈ្មោះ\u200bភូមិ, "x" ,pair\nក,1,"1,5"\nខ,2,"2,5"\n'.encode())
    assert list(types(found)) == ["ឈ្មោះភូមិ", '"x"', "pair"]
    assert "geopoint" not in types(found).values()
    assert validate(path, found.descriptor).valid


def test_a_file_without_header(tmp_path):
    path, found = given(tmp_path, b"1801,2020-01-05,3\n1802,2020-01-06,4\n")
    assert [problem.code for problem in found.problems] == ["no-header"]
    assert valid_table(path, found, tmp_path)[0] == (1, 1801, date(2020, 1, 5), 3)


def test_a_workbook_as_offices_send_them(tmp_path):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd"}) as book:
        book.add_worksheet("Empty")
        sheet = book.add_worksheet("ទិន្នន័យ")
        sheet.write(0, 0, "Households by village, 2020")
        sheet.write_row(2, 0, ["code", "village", "households", "surveyed"])
        sheet.write_row(3, 0, ["01801", "ភូមិ១", 12.0, date(2020, 12, 31)])
        sheet.write_row(4, 0, ["01802", "ភូមិ២", "many", date(2021, 1, 2)])
    path, found = given(tmp_path, buffer.getvalue(), "office.xlsx")
    assert (found.kind, list(found.sheets), found.sheet, found.header_row) == ("xlsx", ["Empty", "ទិន្នន័យ"], "ទិន្នន័យ", 3)
    schema = {"fields": [field | ({"type": "integer"} if field["name"] == "households" else {}) for field in found.schema["fields"]]}
    report = validate(path, {**found.descriptor, "schema": schema})
    assert [(error["rowNumber"], error["fieldName"], error["cell"]) for error in report.errors] == [(5, "households", "many")]
    write_parquet(path, {**found.descriptor, "schema": schema}, tmp_path / "t.parquet")
    assert read_page(tmp_path / "t.parquet").rows == [
        (1, "01801", "ភូមិ១", 12, date(2020, 12, 31)),
        (2, "01802", "ភូមិ២", None, date(2021, 1, 2)),
    ]


def test_geojson_points_become_coordinates(tmp_path):
    feature = {"type": "Feature", "properties": {"name": "ផ្សារលើ"}, "geometry": {"type": "Point", "coordinates": [103.52, 10.62]}}
    other = {"type": "Feature", "properties": {"name": "?", "open": True}, "geometry": None}
    data = json.dumps({"type": "FeatureCollection", "features": [feature, other]}).encode()
    path, found = given(tmp_path, data, "places.geojson")
    assert (found.kind, found.media_type) == ("geojson", "application/geo+json")
    assert list(types(found)) == ["name", "open", "geometry", "longitude", "latitude"]
    rows = valid_table(path, found, tmp_path)
    assert rows[0] == (1, "ផ្សារលើ", None, '{"type":"Point","coordinates":[103.52,10.62]}', 103.52, 10.62)
    assert rows[1][2:] == (True, None, None, None)


def test_records_in_json_keep_their_codes(tmp_path):
    path, found = given(tmp_path, b'{"DataList": [{"commune": "010201", "index": 2.9}, {"commune": "010202", "index": 9}]}', "x.json")
    assert types(found) == {"commune": "string", "index": "number"}
    assert valid_table(path, found, tmp_path) == [(1, "010201", 2.9), (2, "010202", 9.0)]
