"""Rows as an Excel workbook, and what its cells have in common with other texts."""

import math
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

import polars as pl

from .contract import Column

XLSX_CELL = 32_767  # characters
_CHUNK = 1 << 18


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates in ISO form, no NaN."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def write_workbook(
    frames: Iterator[pl.DataFrame], columns: Sequence[Column], headings: Sequence[str], about: Sequence[tuple[str, str]]
) -> Iterator[bytes]:
    import xlsxwriter

    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        path = Path(directory) / "export.xlsx"
        options = {
            "constant_memory": True,
            "tmpdir": directory,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        with xlsxwriter.Workbook(str(path), {**options, "nan_inf_to_errors": True}) as book:
            sheet = book.add_worksheet()
            bold = book.add_format({"bold": True})
            forms = {
                "date": book.add_format({"num_format": "yyyy-mm-dd"}),
                "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
            }
            forms["time"] = book.add_format({"num_format": "hh:mm:ss"})
            for index, heading in enumerate(headings):
                sheet.write_string(0, index, heading[:XLSX_CELL], bold)
            number = 0
            for frame in frames:
                for row in frame.iter_rows():
                    number += 1
                    for index, value in enumerate(row):
                        _xlsx_cell(sheet, number, index, value, forms.get(columns[index].type))
            sheet.freeze_panes(1, 0)
            if about:
                note = book.add_worksheet("about")
                note.set_column(0, 1, 30)
                for number, (what, value) in enumerate(about):
                    note.write_string(number, 0, what[:XLSX_CELL], bold)
                    note.write_string(number, 1, value[:XLSX_CELL])
        yield from file_chunks(path.open("rb"))


def _xlsx_cell(sheet: Any, row: int, index: int, value: Any, form: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, index, value)
    elif isinstance(value, int | float):
        # Excel keeps 15 digits; a longer number would silently become another one.
        if isinstance(value, int) and abs(value) >= 10**15:
            sheet.write_string(row, index, str(value))
        else:
            sheet.write_number(row, index, value)
    elif isinstance(value, datetime | date | time) and (isinstance(value, time) or value.year >= 1900):
        sheet.write_datetime(row, index, value, form)
    else:
        sheet.write_string(row, index, str(plain(value))[:XLSX_CELL])


def file_chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
