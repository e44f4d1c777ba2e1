"""The whole path of a clean file: bytes, proposal, report, table, page, export."""

import io
import json
import subprocess
import sys

import pytest

from datasets.tabular import (
    Filter,
    QueryError,
    column_statistics,
    detect,
    export,
    facet_counts,
    read_page,
    validate,
    write_parquet,
)

VILLAGES = """code,name_km,name_latin,households,founded,lat
18010101,ភូមិ១,Phum Muoy,1204,31/12/2020,10.6093
18010102,ភូមិ២,Phum Pir,87,01/02/1999,10.61
08010103,ព្រែកស្វាយ,Preaek Svay,,15/06/2001,
"""


@pytest.fixture
def villages(tmp_path):
    path = tmp_path / "upload"
    path.write_text(VILLAGES, encoding="utf-8")
    return path


@pytest.fixture
def table(villages, tmp_path):
    target = tmp_path / "table.parquet"
    write_parquet(villages, detect(villages, filename="villages.csv").descriptor, target)
    return target


def test_detect_proposes_types_that_keep_codes_as_text(villages):
    found = detect(villages, filename="villages.csv")
    assert (found.kind, found.media_type, found.encoding, found.delimiter, found.header_row) == ("csv", "text/csv", "utf-8", ",", 1)
    assert {field["name"]: (field["type"], field.get("format")) for field in found.schema["fields"]} == {
        "code": ("string", None),
        "name_km": ("string", None),
        "name_latin": ("string", None),
        "households": ("integer", None),
        "founded": ("date", "%d/%m/%Y"),
        "lat": ("number", None),
    }
    assert found.sample[0][1] == "ភូមិ១"
    assert found.is_table
    assert not found.problems
    json.dumps(found.to_dict())


def test_a_clean_file_is_valid_and_its_page_is_typed(villages, table):
    report = validate(villages, detect(villages, filename="villages.csv").descriptor)
    assert (report.valid, report.rows, report.total) == (True, 3, 0)
    page = read_page(table, sort=["-households"], limit=2)
    assert page.total == 3
    assert page.columns[0].name == "_id"
    assert page.rows[0][0] == 1
    assert page.rows[0][4] == 1204
    assert page.rows[0][5].isoformat() == "2020-12-31"


def test_filters_facets_and_statistics(table):
    assert read_page(table, filters=[Filter("name_km", "contains", "ព្រែក\u200bស្វាយ")]).total == 1
    assert read_page(table, filters=[Filter("households", "is_empty", True)]).rows[0][1] == "08010103"
    assert read_page(table, search="phum PIR").total == 1
    assert {(facet.value, facet.count) for facet in facet_counts(table, "households")} == {(1204, 1), (87, 1), (None, 1)}
    households = next(found for found in column_statistics(table) if found.name == "households")
    assert (households.count, households.nulls, households.minimum, households.maximum) == (2, 1, 87, 1204)
    with pytest.raises(QueryError) as caught:
        read_page(table, filters=[Filter("no such", "eq", 1)])
    assert (caught.value.code, caught.value.field) == ("unknown-column", "no such")


def test_csv_export_opens_in_excel_with_khmer(table):
    out = io.BytesIO()
    export(table, "csv", out, columns=["code", "name_km"], labels={"name_km": "ឈ្មោះ"})
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    assert out.getvalue().decode("utf-8-sig").splitlines()[:2] == ["code,ឈ្មោះ", "18010101,ភូមិ១"]


def test_importing_the_library_loads_nothing_heavy():
    code = "import datasets.tabular, sys; print([m for m in ('polars', 'duckdb', 'frictionless', 'numpy', 'django') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
