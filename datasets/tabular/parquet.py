"""Writes the table: typed by its schema, laid out for questions, and complete or not there at all."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
from frictionless import FrictionlessException
from polars.io.plugins import register_io_source

from .batches import Batch, ParsersDisagree, batches_of, regularity
from .contract import Descriptor, Problem, Table, TabularError
from .encodings import first_undecodable, undecodable
from .layout import LAYOUT, lay_out
from .typing_rows import ROW_ID, Overflow, TypedRows
from .validation.opening import OpenTable, open_table
from .workfile import prepare

__all__ = ["LAYOUT", "ROW_ID", "write_parquet"]


def write_parquet(path: str | os.PathLike[str], descriptor: Descriptor, target: str | os.PathLike[str]) -> Table:
    """Writes the file's rows to ``target`` (replaced in one step) and tells what was written.

    ``_id`` is the number of the record from 1; wholly blank records are left out, so ids may have gaps. Columns are typed by the
    schema: integer, number (double), boolean, date, datetime (naive; times with an offset become UTC), time, else text. A cell
    that is not of its type becomes null and is listed; one that only breaks a constraint keeps its value. Extra cells are dropped.
    Raises :class:`TabularError` where the file cannot be read.
    """
    target = Path(target)
    with prepare(path, descriptor) as work:
        try:
            return _write(open_table(work, descriptor), target)
        except (FrictionlessException, UnicodeDecodeError) as error:
            offset = first_undecodable(work.path, work.encoding)
            if offset is not None:
                raise TabularError(undecodable(work.path, work.encoding, offset)) from error
            raise TabularError(Problem("bad-descriptor", {"reason": str(error)})) from error


def _write(table: OpenTable, target: Path) -> Table:
    target.parent.mkdir(parents=True, exist_ok=True)
    proof = regularity(table)
    as_text: set[int] = set()
    while True:
        batches = batches_of(table, proof)
        typed = TypedRows(table, frozenset(as_text))
        try:
            rows = _sink(typed, batches, target)
            return Table(rows, typed.columns, target.stat().st_size, tuple(typed.bad_cells), typed.bad_cell_count)
        except Overflow as overflow:
            as_text.add(overflow.index)
        except ParsersDisagree:
            proof = type(proof)(0, "parsers disagree")


def _sink(typed: TypedRows, batches: Iterator[Batch], target: Path) -> int:
    rows = 0
    failure: BaseException | None = None

    def source(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        nonlocal rows, failure
        try:
            for batch in batches:
                frame = typed.frame(batch)
                rows += frame.height
                yield frame
        except BaseException as error:  # Polars would turn it into an error of its own
            failure = error
            raise

    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as folder:
        typed_rows, finished = Path(folder) / "typed", Path(folder) / "finished"
        try:
            lazy = register_io_source(source, schema=typed.schema, validate_schema=True, is_pure=False)
            lazy.sink_parquet(typed_rows, compression="lz4", row_group_size=50_000, maintain_order=True)
        except pl.exceptions.PolarsError:
            if failure is not None:
                raise failure from None
            raise
        lay_out(typed_rows, finished, typed.columns)
        finished.replace(target)
    return rows
