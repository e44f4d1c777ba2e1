"""Files of unknown origin in, trusted tables out: a library without Django.

    detection = detect(path, filename="villages.csv")        # what it is, how to read it, which types: shown to the publisher
    report    = validate(path, detection.descriptor)         # frictionless's own report, many times faster
    table     = write_parquet(path, detection.descriptor, target)
    page      = read_page(target, filters=[Filter("name_km", "contains", "ក្រុង")], sort=["-population"], limit=50)
    export(target, "csv", stream)

A *descriptor* is ``{"dialect": {...}, "schema": {...}}``: a Frictionless table dialect and Table Schema. Two more keys of the
dialect tell how the bytes become rows: ``kind`` (csv, tsv, xlsx, xls, xlsb, ods, json, ndjson, geojson, kml; default csv) and
``encoding`` (default utf-8). The sheet of a workbook is ``dialect["excel"]["sheet"]``; ``headerRows`` of several rows with
``headerJoin`` " – " are joined to one header with parents over their columns; ``decimalChar`` is what detection was told. The csv
options left out are the Frictionless defaults; nothing is sniffed while validating.

What is wrong with a file as a whole is a :class:`Problem`: a code with its context, never prose. The codes are the contract:

================== ========= ====================================================================================
code               refused?  context
================== ========= ====================================================================================
empty-file         yes
binary-content     yes       media_type (what the bytes are), offset
encoding-unknown   yes       encoding, offset (of the first byte that cannot be decoded), row
encoding-guessed   no        encoding, alternatives
nul-byte           no        offset
bare-cr            no        count (lines ended by a lone carriage return)
no-header          no        cells (the first row, which looks like data)
joined-header      no        rows (of the header, whose names are joined)
khmer-digits       no        field, count, cell, suggestion (numbers in Khmer digits: text is proposed)
legacy-font        no        (the text seems to be written for an old Khmer font: no encoding gives it back)
title-rows         no        rows (rows above the header that were skipped)
blank-header       no        field, number (of the column); the proposed name is in the schema
duplicate-header   no        field, numbers
cleaned-header     no        fields (names from which spaces or invisible characters were removed)
ragged-row         no        row, expected, actual, count (how many were seen)
too-big            yes       limit, actual, unit (bytes, cells, rows)
too-wide           yes       limit, actual (columns)
line-too-long      yes       limit, row
zip-bomb           yes       limit, actual, unit (bytes, ratio, members)
unreadable-xlsx    yes       (of any workbook) reason (not-a-workbook, encrypted, broken, no-sheet, timeout), sheet
broken-archive     yes       (a ZIP without its end)
program            yes
empty-sheet        yes       sheet
bad-geojson        yes       reason (syntax, too-deep, not-a-feature-collection, no-features), line, column
bad-json           yes       reason (syntax, too-deep, not-records, not-an-object), line, column
bad-kml            yes       reason (syntax, entities, no-points, not-kml), line
bad-descriptor     yes       reason (frictionless's note)
engine-error       yes       reason; the cells cannot be compared (frictionless itself raises on this file)
missing-file       yes
================== ========= ====================================================================================

Refused problems are raised as :class:`TabularError` by ``validate``, ``prepare`` and ``write_parquet`` and listed in
``Detection.problems`` by ``detect``, which never raises for what a file contains. Heavy libraries (polars, frictionless, duckdb)
are imported when first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .contract import BadCell, Column, Detection, Explanation, Problem, Report, Table, TableLost, TabularError
from .questions import AnyOf, Bar, ColumnStatistics, Condition, FacetCount, Filter, Page, QueryError, QueryTimeout, TooManyRows

if TYPE_CHECKING:
    from .detection import detect
    from .explanation import explain
    from .exporting import EXPORT_FORMATS, export, stream_export
    from .grouping import group_rows
    from .parquet import write_parquet
    from .query import column_statistics, facet_counts, read_page
    from .ranking import read_ranked
    from .validation.service import validate
    from .workfile import prepare

__all__ = [
    "EXPORT_FORMATS",
    "AnyOf",
    "BadCell",
    "Bar",
    "Column",
    "ColumnStatistics",
    "Condition",
    "Detection",
    "Explanation",
    "FacetCount",
    "Filter",
    "Page",
    "Problem",
    "QueryError",
    "QueryTimeout",
    "Report",
    "Table",
    "TableLost",
    "TabularError",
    "TooManyRows",
    "column_statistics",
    "detect",
    "explain",
    "export",
    "facet_counts",
    "group_rows",
    "prepare",
    "read_page",
    "read_ranked",
    "stream_export",
    "validate",
    "write_parquet",
]

_LAZY = {
    "EXPORT_FORMATS": "exporting",
    "column_statistics": "query",
    "detect": "detection",
    "explain": "explanation",
    "export": "exporting",
    "facet_counts": "query",
    "group_rows": "grouping",
    "prepare": "workfile",
    "read_page": "query",
    "read_ranked": "ranking",
    "stream_export": "exporting",
    "validate": "validation.service",
    "write_parquet": "parquet",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_LAZY[name]}", __name__), name)
