# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""Questions to a table: a page of rows, counts by value, statistics of columns."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from typing import Any

from search.text.key import fold

from .conditions import Sort, asked_about, where
from .connection import CODED, COUNTED, FIRST_ROWS, SECONDS, ParquetTable, damaged, identifier, open_parquet
from .contract import Column
from .keyset import Order
from .questions import Bar, ColumnStatistics, Condition, FacetCount, Filter, Page, QueryError

MAX_LIMIT = 50_000
MAX_OFFSET = 2**62
_TOLD = {field.name for field in fields(ColumnStatistics)}  # the rest of what the footer says is for us
_FIRST_WINDOW = 200  # rows looked at before the key of a page that is read backwards; then ten times as many, and so on


def read_page(
    parquet: str | os.PathLike[str],
    *,
    columns: Sequence[str] | None = None,
    filters: Iterable[Condition] = (),
    sort: Sequence[Sort] = (),
    offset: int = 0,
    limit: int = 100,
    search: str | None = None,
    after: str | None = None,
    before: str | None = None,
    seconds: float = SECONDS,
) -> Page:
    """A slice of the rows that match all ``filters`` and contain every word of ``search`` in any column.

    ``columns`` None: all, ``_id`` first. ``sort`` holds names ("-name" descends) or (name, descending). ``after`` and ``before`` are
    keys of an earlier page of the same question: the rows next to them, at any depth at the same cost, instead of ``offset``. Values come
    as Python's own types. Raises :class:`QueryError` for what the table does not have and :class:`QueryTimeout` after ``seconds``.
    """
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise QueryError("bad-paging", limit=limit, offset=offset)
    with open_parquet(parquet, seconds=seconds) as table:
        chosen = choose(table, columns)
        filters = tuple(filters)
        condition, values = where(table, filters, search, counting=bool(sort))
        order = Order(table, sort, filters)
        names = ", ".join(identifier(name) for name in [*(column.name for column in chosen), *order.key_columns()])
        total, numbers = _swept(table, filters, search) or _found(table, filters, search)
        backwards, few = before is not None, offset + limit < FIRST_ROWS
        rows: list[tuple[Any, ...]] = []
        if not limit or offset >= total:
            pass
        elif numbers and few and not (sort or backwards or after):
            rows = _rows_of(table, names, numbers[offset : offset + limit + 1])
        elif backwards and not sort:
            rows = _rows_before(table, names, condition, values, order, str(before), limit + 1)
        elif few and not (condition or sort or backwards or after):
            places = [table.columns.index(table.column(name)) for name in [*(column.name for column in chosen), *order.key_columns()]]
            rows = [tuple(row[place] for place in places) for row in table.first_rows()[offset : offset + limit + 1]]
        else:
            key = before if backwards else after
            if key is not None:
                beyond, bound = order.beyond(key, backwards=backwards)
                condition, values = f"{condition} {'AND' if condition else 'WHERE'} {beyond}", [*values, *bound]
            skip = 0 if key is not None else offset
            late = bool(sort) and few and table.has_ids  # sorting carries few columns, and the page's rows are fetched by their numbers
            sql = f"FROM data{condition}{order.clause(backwards=backwards)} LIMIT ? OFFSET ?"
            rows = table.fetch_all(f"SELECT {'_id' if late else names} {sql}", [*values, limit + 1, skip])
            rows = _rows_of(table, names, [number for (number,) in rows]) if late else rows
        more, rows = len(rows) > limit, rows[:limit]
        if backwards:
            rows.reverse()
        width = len(chosen)
        keys: list[str | None] = [order.key(rows[index][width:]) for index in (0, -1)] if rows and table.has_ids else [None, None]
        return Page(
            chosen,
            [row[:width] for row in rows],
            total,
            offset,
            limit,
            before=keys[0] if (more if backwards else after is not None or offset > 0) else None,
            after=keys[1] if more or backwards else None,
            ids=[row[-1] for row in rows] if table.has_ids else (),
        )


def _relation(table: ParquetTable, names: Collection[str | None]) -> str | None:
    """The different values of the one column that is asked about, where the file holds them: a few thousand instead of millions of rows."""
    name = next(iter(names), None) if len(names) == 1 else None
    return None if name is None else table.counted(table.column(name))


def _swept(table: ParquetTable, filters: Sequence[Condition], search: str | None) -> tuple[int, list[int]] | None:
    """What `_found` tells, for one "contains" in a large table, whose texts are looked through without its rows."""
    match filters:
        case [Filter(column, "contains", str(word))] if not search:
            found = table.rows_with(table.column(column), fold(word))
            return (found.total, found.numbers[:FIRST_ROWS].tolist()) if found else None
    return None


def _found(table: ParquetTable, filters: Sequence[Condition], search: str | None) -> tuple[int, list[int]]:
    """How many rows match, and the numbers of the first ones where they are not simply the first of all."""
    counted = _relation(table, asked_about(filters, search))
    condition, values = where(table, filters, search, counting=True)
    first = f'min("_id", {FIRST_ROWS})' if condition and table.has_ids else "NULL"
    if counted is None or not table.has_ids:
        total, numbers = table.recall(f"SELECT count(*), {first} FROM data{condition}", values)[0]
        return total, numbers or []
    total = table.recall(f"SELECT coalesce(sum({identifier(COUNTED)}), 0)::BIGINT FROM {counted} AS data{condition}", values)[0][0]
    if not total or not condition:
        return total, []
    # Where the values lie anywhere, a page of them lies within three times the rows that hold one on average.
    near = FIRST_ROWS * 3 * table.rows // total
    numbers = table.recall(f'SELECT {first} FROM data{condition} AND "_id" <= ?', [*values, near])[0][0] or []
    if len(numbers) < min(total, FIRST_ROWS):
        numbers = table.recall(f"SELECT {first} FROM data{condition}", values)[0][0]
    return total, numbers


def _rows_of(table: ParquetTable, names: str, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """The rows of these numbers, in their order; `names` end with the number."""
    # As a join: a list of numbers has every column of each row group decoded.
    found = table.fetch_all(f'SELECT {names} FROM data WHERE "_id" IN (SELECT unnest(?::BIGINT[]))', [list(numbers)])
    by_number = {row[-1]: row for row in found}
    if not by_number.keys() >= set(numbers):
        raise damaged(table.path)
    return [by_number[number] for number in numbers]


def _rows_before(
    table: ParquetTable, names: str, condition: str, values: list[Any], order: Order, key: str, limit: int
) -> list[tuple[Any, ...]]:
    """The rows before a key, nearest first: in windows of record numbers, since a file is read from its front."""
    _condition, (end,) = order.beyond(key, backwards=True)
    window, rows = _FIRST_WINDOW, list[tuple[Any, ...]]()
    while True:
        start = max(end - window, 0)
        within = f'{condition} {"AND" if condition else "WHERE"} "_id" >= ? AND "_id" < ?{order.clause(backwards=True)} LIMIT ?'
        rows += table.fetch_all(f"SELECT {names} FROM data{within}", [*values, start, end, limit - len(rows)])
        if len(rows) >= limit or start == 0:
            return rows
        end, window = start, window * 10


def facet_counts(
    parquet: str | os.PathLike[str],
    column: str,
    *,
    filters: Iterable[Condition] = (),
    search: str | None = None,
    limit: int = 50,
    seconds: float = SECONDS,
) -> list[FacetCount]:
    """The most frequent values of a column among the rows that match, most frequent first."""
    if not 0 <= limit <= MAX_LIMIT:
        raise QueryError("bad-paging", limit=limit)
    with open_parquet(parquet, seconds=seconds) as table:
        found = table.column(column)
        name = identifier(found.name)
        filters = tuple(filters)
        condition, values = where(table, filters, search, counting=True)
        if counted := _relation(table, {found.name, *asked_about(filters, search)}):
            sql = f"SELECT {name}, {identifier(COUNTED)} FROM {counted} AS data{condition}"
        elif CODED + found.name in table.hidden:  # counted by number, and named at the end
            code = identifier(CODED + found.name)
            by_code = f"(SELECT {code}, count(*) AS n FROM data{condition} GROUP BY 1)"
            sql = f"SELECT {name}, n FROM {by_code} JOIN {table.counted(found)} USING ({code})"
        else:
            sql = f"SELECT {name}, count(*) FROM data{condition} GROUP BY 1"
        sql += " ORDER BY 2 DESC, 1 NULLS LAST LIMIT ?"
        return [FacetCount(value, count) for value, count in table.recall(sql, [*values, limit])]


def column_statistics(parquet: str | os.PathLike[str], *, columns: Sequence[str] | None = None) -> list[ColumnStatistics]:
    """What each column holds, as counted when the table was written; nothing for a table in an older layout."""
    with open_parquet(parquet) as table:
        wanted = {column.name for column in choose(table, columns)}
        found = [{key: one[key] for key in one if key in _TOLD} for one in table.statistics or [] if one["name"] in wanted]
        return [ColumnStatistics(**one | {"bars": tuple(Bar(*bar) for bar in one["bars"])}) for one in found]


def choose(table: ParquetTable, columns: Sequence[str] | None) -> tuple[Column, ...]:
    """The columns asked for, in that order. Raises :class:`QueryError` (unknown-column)."""
    if columns is None:
        return table.columns
    if not columns:
        raise QueryError("bad-value", None, expected="columns")
    return tuple(table.column(name) for name in dict.fromkeys(columns))
