# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""Questions to a table: a page of rows, counts by value, statistics of columns."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from .conditions import Sort, order_by, where
from .connection import SECONDS, ParquetTable, identifier, open_parquet
from .contract import Column, ColumnStatistics, FacetCount, Filter, Page, QueryError

MAX_LIMIT = 50_000
MAX_OFFSET = 2**62
EXACT_DISTINCT_ROWS = 100_000


def read_page(
    parquet: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Filter] = (),
    sort: Sequence[Sort] = (),
    offset: int = 0,
    limit: int = 100,
    search: str | None = None,
    seconds: float = SECONDS,
) -> Page:
    """A slice of the rows that match all ``filters`` and contain every word of ``search`` in any column.

    ``columns`` None: all, ``_id`` first. ``sort`` holds names ("-name" descends) or (name, descending). Values come as Python's
    own types. Raises :class:`QueryError` for what the table does not have and :class:`QueryTimeout` after ``seconds``.
    """
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise QueryError("bad-paging", limit=limit, offset=offset)
    with open_parquet(parquet, seconds=seconds) as table:
        chosen = choose(table, columns)
        condition, values = where(table, filters, search)
        total = table.fetch_all(f"SELECT count(*) FROM {{table}}{condition}", values)[0][0]
        names = ", ".join(identifier(column.name) for column in chosen)
        ordering = order_by(table, sort)
        rows = []
        if limit and offset < total:
            rows = table.fetch_all(f"SELECT {names} FROM {{table}}{condition}{ordering} LIMIT ? OFFSET ?", [*values, limit, offset])
        return Page(chosen, rows, total, offset, limit)


def facet_counts(
    parquet: str | os.PathLike[str],
    column: str,
    *,
    filters: Iterable[Filter] = (),
    search: str | None = None,
    limit: int = 50,
    seconds: float = SECONDS,
) -> list[FacetCount]:
    """The most frequent values of a column among the rows that match, most frequent first."""
    if not 0 <= limit <= MAX_LIMIT:
        raise QueryError("bad-paging", limit=limit)
    with open_parquet(parquet, seconds=seconds) as table:
        name = identifier(table.column(column).name)
        condition, values = where(table, filters, search)
        sql = f"SELECT {name}, count(*) FROM {{table}}{condition} GROUP BY 1 ORDER BY 2 DESC, 1 NULLS LAST LIMIT ?"
        return [FacetCount(value, count) for value, count in table.fetch_all(sql, [*values, limit])]


def column_statistics(
    parquet: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Filter] = (),
    search: str | None = None,
    seconds: float = SECONDS,
) -> list[ColumnStatistics]:
    """For each column: filled and empty cells, distinct values, smallest and largest value."""
    with open_parquet(parquet, seconds=seconds) as table:
        chosen = choose(table, columns)
        condition, values = where(table, filters, search)
        total = table.fetch_all(f"SELECT count(*) FROM {{table}}{condition}", values)[0][0]
        distinct = "count(DISTINCT {0})" if total <= EXACT_DISTINCT_ROWS else "approx_count_distinct({0})"
        pieces = []
        for column in chosen:
            name = identifier(column.name)
            pieces += [f"count({name})", distinct.format(name), f"min({name})", f"max({name})"]
        row = table.fetch_all(f"SELECT {', '.join(pieces)} FROM {{table}}{condition}", values)[0] if pieces else ()
        quads = [row[start : start + 4] for start in range(0, len(row), 4)]
        return [
            ColumnStatistics(column.name, column.type, count, total - count, unique, smallest, largest)
            for column, (count, unique, smallest, largest) in zip(chosen, quads, strict=True)
        ]


def choose(table: ParquetTable, columns: Sequence[str] | None) -> tuple[Column, ...]:
    """The columns asked for, in that order. Raises :class:`QueryError` (unknown-column)."""
    if columns is None:
        return table.columns
    if not columns:
        raise QueryError("bad-value", None, expected="columns")
    return tuple(table.column(name) for name in dict.fromkeys(columns))
