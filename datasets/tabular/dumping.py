# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""A table's rows as they are, for programs: no byte order mark, nothing neutralised, ``_id`` included."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

import polars as pl

from .conditions import Sort, where
from .connection import SECONDS, identifier, open_parquet
from .contract import Column
from .keyset import Order
from .query import choose
from .questions import Condition

_CELLS = 200_000  # of a frame


def read_frames(
    parquet: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Condition] = (),
    sort: Sequence[Sort] = (),
    search: str | None = None,
    offset: int = 0,
    limit: int | None = None,
    distinct: bool = False,
    ids: bool = True,
    seconds: float = SECONDS,
) -> tuple[tuple[Column, ...], Iterator[pl.DataFrame]]:
    """The columns, and the rows in frames made as they are asked for, each within ``seconds``.

    ``columns`` None: all, without ``_id`` where not ``ids``. Raises :class:`QueryError` or :class:`TableLost` before the first.
    """
    with ExitStack() as stack:
        table = stack.enter_context(open_parquet(parquet, seconds=seconds))
        table.first_rows()  # a damaged table is told before the first byte is sent
        if columns is None and not ids:
            columns = [column.name for column in table.columns if column.name != "_id"] or None
        chosen = choose(table, columns)
        filters = tuple(filters)
        condition, values = where(table, filters, search)
        names = ", ".join(identifier(column.name) for column in chosen)
        order = "" if distinct else Order(table, sort, filters).clause()
        sql = f"SELECT {'DISTINCT ' if distinct else ''}{names} FROM data{condition}{order}"
        if offset or limit is not None:
            sql, values = f"{sql} LIMIT ? OFFSET ?", [*values, 2**62 if limit is None else limit, offset]
        frames = table.frames(sql, values, max(1000, _CELLS // len(chosen)))
        keep = stack.pop_all()
    return chosen, _closing(keep, frames)


def _closing(stack: ExitStack, frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    with stack:
        yield from frames
