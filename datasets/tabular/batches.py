"""The data records of a table as frames of text: by Polars where the file is proved regular, else by ``csv.reader``."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from . import limits
from .contract import Problem, TabularError
from .regularity import Regularity, prove_regular
from .validation.opening import OpenTable

SEGMENT_BYTES = 16 << 20
MIN_ROWS = 50


@dataclass(frozen=True, slots=True)
class Batch:
    """``numbers`` of the records; ``frame`` has columns c0, c1, …, all text. ``odd``: index -> cells of a record of another width."""

    numbers: Sequence[int]
    frame: pl.DataFrame
    odd: Mapping[int, list[str]] = field(default_factory=dict)

    def cells(self, index: int) -> list[str]:
        """The cells of a record as they stand."""
        return list(self.odd[index]) if index in self.odd else list(self.frame.row(index))


class ParsersDisagree(Exception):
    """Polars found another number of records than the proof: nothing it said may be used."""


def column_names(width: int) -> list[str]:
    return [f"c{index}" for index in range(width)]


def regularity(table: OpenTable) -> Regularity:
    """Whether Polars may read this table."""
    options = table.work.csv
    rfc = options["quoteChar"] == '"' and options["doubleQuote"] and not options.get("escapeChar") and not options["skipInitialSpace"]
    if not rfc:
        return Regularity(0, "a csv dialect of its own")
    if table.work.header_rows not in ([], [1]):
        return Regularity(0, "rows above the header")
    if not table.work.header_rows and table.work.encoding != "utf-8":
        return Regularity(0, "a byte order mark without a header")
    if any(table.work.dialect.get(name) for name in ("commentChar", "commentRows", "skipBlankRows")):
        return Regularity(0, "rows to be skipped")
    if not table.fields:
        return Regularity(0, "no columns")
    return prove_regular(table.work.path, options["delimiter"], len(table.fields))


def batches_of(table: OpenTable, proof: Regularity) -> Iterator[Batch]:
    """The batches of a table, read as fast as its proof allows."""
    return polars_batches(table, proof) if proof else csv_batches(table)


def polars_batches(table: OpenTable, proof: Regularity) -> Iterator[Batch]:
    """Batches of a regular file. Raises :class:`ParsersDisagree` at the end unless all records came."""
    header = len(table.work.header_rows)
    schema = dict.fromkeys(column_names(len(table.fields)), pl.String())
    row = first = header + 1
    try:
        for segment in _segments(table, proof):
            frame = pl.read_csv(
                segment,
                has_header=False,
                skip_rows=header if row == first else 0,
                schema=schema,
                empty_string_is_null=False,
                raise_if_empty=False,
                separator=table.work.csv["delimiter"],
            )
            if frame.height:
                yield Batch(range(row, row + frame.height), frame)
            row += frame.height
    except pl.exceptions.PolarsError as error:
        raise ParsersDisagree(str(error)) from error
    if row - first != proof.records - header:
        raise ParsersDisagree(f"{row - first} records, not {proof.records - header}")


def _segments(table: OpenTable, proof: Regularity) -> Iterator[bytes]:
    """The file in pieces of whole records: mapped as a whole it would count as our memory."""
    start = 0
    with table.work.path.open("rb") as file:
        for cut in proof.cuts:
            if cut - start >= SEGMENT_BYTES or cut == proof.cuts[-1]:
                yield file.read(cut - start)
                start = cut


def csv_batches(table: OpenTable) -> Iterator[Batch]:
    """Batches of any file."""
    width = len(table.fields)
    names = column_names(width)
    size = max(MIN_ROWS, min(4_000, limits.BATCH_CELLS // max(width, 1)))
    content = table.content()
    while found := list(islice(content, size)):
        numbers, rows = [number for number, _ in found], [cells for _, cells in found]
        odd: dict[int, list[str]] = {}
        for index, cells in enumerate(rows):
            if len(cells) != width:
                if len(cells) > limits.MAX_COLUMNS:
                    raise TabularError(Problem("too-wide", {"limit": limits.MAX_COLUMNS, "actual": len(cells)}, row=numbers[index]))
                odd[index] = cells
                rows[index] = (cells + [""] * width)[:width]
        columns = list(zip(*rows, strict=True)) if width else []
        frame = pl.DataFrame([pl.Series(name, column, dtype=pl.String) for name, column in zip(names, columns, strict=True)])
        del found, rows, columns  # so that the next batch takes their places: twice as fast
        yield Batch(numbers, frame, odd)
