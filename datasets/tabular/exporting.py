# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""The filtered view as a file: CSV, JSON, XLSX or Parquet, in bounded memory."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime, time
from pathlib import Path
from typing import IO, Any

from .conditions import Sort, order_by, where
from .connection import ParquetTable, identifier, open_parquet
from .contract import Column, Filter, QueryError, TooManyRows
from .query import choose

EXPORT_FORMATS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
MAX_XLSX_ROWS = 100_000
XLSX_CELL = 32_767
SECONDS = 60.0  # for each step, not for the whole download
_ROWS = 5_000
_CHUNK = 1 << 18
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Rows = Iterator[list[tuple[Any, ...]]]


def export(
    parquet: str | os.PathLike[str],
    format: str,
    out: IO[bytes],
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Filter] = (),
    sort: Sequence[Sort] = (),
    search: str | None = None,
    labels: Mapping[str, str] | None = None,
    about: Sequence[tuple[str, str]] = (),
) -> int:
    """Writes the view to a binary stream and returns the number of bytes. Parameters and errors: see ``stream_export``."""
    written = 0
    for chunk in stream_export(parquet, format, columns=columns, filters=filters, sort=sort, search=search, labels=labels, about=about):
        out.write(chunk)
        written += len(chunk)
    return written


def stream_export(
    parquet: str | os.PathLike[str],
    format: str,
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Filter] = (),
    sort: Sequence[Sort] = (),
    search: str | None = None,
    labels: Mapping[str, str] | None = None,
    about: Sequence[tuple[str, str]] = (),
) -> Iterator[bytes]:
    """The view in chunks of bytes, made as they are asked for; close the iterator to stop early.

    ``columns`` None: all but ``_id``. ``labels`` renames columns in the header. CSV begins with a byte order mark, so that Excel
    shows Khmer, and text that a spreadsheet would run as a formula gets a ``'`` in front; JSON is an array of objects; the whole
    table as Parquet is the file itself, ``_id`` included. Raises, before the first byte, :class:`QueryError` (also ``bad-format``) and
    :class:`TooManyRows` (XLSX over 100,000 rows).
    """
    if format not in EXPORT_FORMATS:
        raise QueryError("bad-format", None, format=format)
    filters = list(filters)
    if format == "parquet" and columns is None and not (filters or sort or search or labels):
        return _file_chunks(open(parquet, "rb"))
    with ExitStack() as stack:
        table = stack.enter_context(open_parquet(parquet, seconds=SECONDS))
        chosen = choose(table, columns if columns is not None else [c.name for c in table.columns if c.name != "_id"] or None)
        condition, values = where(table, filters, search)
        ordering = order_by(table, sort) if sort else ""
        if format == "xlsx":
            total = table.fetch_all(f"SELECT count(*) FROM {{table}}{condition}", values)[0][0]
            if total > MAX_XLSX_ROWS:
                raise TooManyRows(total, MAX_XLSX_ROWS)
        headings = [(labels or {}).get(column.name, column.name) for column in chosen]
        rows = _rows(table, chosen, condition, values, ordering)
        keep = stack.pop_all()
    if format == "xlsx":
        return _closing(keep, _xlsx(rows, chosen, headings, about))
    return _closing(keep, _WRITERS[format](rows, chosen, headings))


def _rows(table: ParquetTable, chosen: Sequence[Column], condition: str, values: Sequence[Any], ordering: str) -> Rows:
    """Sorted: one statement. Unsorted: windows of record numbers, which prune row groups and hold no more than a window."""
    names = ", ".join(identifier(column.name) for column in chosen)
    if ordering or not any(column.name == "_id" for column in table.columns):
        yield from table.fetch_batches(f"SELECT {names} FROM {{table}}{condition}{ordering}", values, _ROWS)
        return
    last = table.fetch_all('SELECT max("_id") FROM {table}')[0][0] or 0
    window = f'{condition} {"AND" if condition else "WHERE"} "_id" > ? AND "_id" <= ? ORDER BY "_id"'
    step = 50_000
    for start in range(0, last, step):
        yield from table.fetch_batches(f"SELECT {names} FROM {{table}}{window}", [*values, start, start + step], _ROWS)


def _closing(stack: ExitStack, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with stack:
        yield from chunks


def neutralise(text: str) -> str:
    """Text that a spreadsheet will not run as a formula."""
    return "'" + text if text.startswith(_FORMULA) else text


def plain(value: Any) -> Any:
    """A value as JSON knows it: dates in ISO form, no NaN."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _csv(rows: Rows, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([neutralise(heading) for heading in headings])
    yield b"\xef\xbb\xbf" + _taken(buffer)
    risky = [column.type == "text" for column in columns]
    for batch in rows:
        writer.writerows([_csv_cell(value, text) for value, text in zip(row, risky, strict=True)] for row in batch)
        yield _taken(buffer)


def _csv_cell(value: Any, text: bool) -> Any:
    if text and value is not None:
        return neutralise(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _taken(buffer: io.StringIO) -> bytes:
    data = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return data


def _json(rows: Rows, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    separator = "[\n"
    for batch in rows:
        lines = [json.dumps(dict(zip(headings, map(plain, row), strict=True)), ensure_ascii=False) for row in batch]
        yield (separator + ",\n".join(lines)).encode("utf-8", "replace")
        separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def _xlsx(rows: Rows, columns: Sequence[Column], headings: Sequence[str], about: Sequence[tuple[str, str]] = ()) -> Iterator[bytes]:
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
            for batch in rows:
                for row in batch:
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
        yield from _file_chunks(path.open("rb"))


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


def _parquet(rows: Rows, columns: Sequence[Column], headings: Sequence[str]) -> Iterator[bytes]:
    import polars as pl
    from polars.io.plugins import register_io_source

    dtypes: dict[str, Any] = {
        "integer": pl.Int64,
        "number": pl.Float64,
        "boolean": pl.Boolean,
        "date": pl.Date,
        "datetime": pl.Datetime("us"),
        "time": pl.Time,
        "text": pl.String,
    }
    schema = pl.Schema({heading: dtypes[column.type] for heading, column in zip(headings, columns, strict=True)})

    def source(with_columns: Any, predicate: Any, n_rows: Any, batch_size: Any) -> Iterator[pl.DataFrame]:
        for batch in rows:
            yield pl.DataFrame(batch, schema=schema, orient="row")

    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        path = Path(directory) / "export.parquet"
        register_io_source(source, schema=schema, is_pure=False).sink_parquet(path, compression="zstd", maintain_order=True)
        yield from _file_chunks(path.open("rb"))


def _file_chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk


_WRITERS: dict[str, Callable[[Rows, Sequence[Column], list[str]], Iterator[bytes]]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
