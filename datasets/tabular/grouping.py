# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""Rows gathered by the values of columns, and counted, added up, averaged."""

import os
from collections.abc import Iterable, Sequence

from .conditions import where
from .connection import SECONDS, identifier, open_parquet
from .contract import Column
from .query import MAX_LIMIT, MAX_OFFSET, choose
from .questions import Filter, Page, QueryError

NUMERIC = ("integer", "number")
AGGREGATES = ("count", "sum", "avg", "min", "max")


def group_rows(
    parquet: str | os.PathLike[str],
    *,
    by: Sequence[str] = (),
    aggregates: Sequence[tuple[str, str | None]] = (("count", None),),
    filters: Iterable[Filter] = (),
    search: str | None = None,
    sort: Sequence[str] = (),
    offset: int = 0,
    limit: int = 100,
    seconds: float = SECONDS,
) -> Page:
    """One row for each combination of values of the columns `by` (none: one row in all), with an answer for each aggregate.

    `aggregates`: (function, column); "count" without a column counts rows, with one its filled cells; "sum" and "avg" take numbers. The
    results are columns called "count", "sum_population", …; `sort` names columns of the answer ("-count" descends), else those of `by`.
    Raises :class:`QueryError` (unknown-column, unknown-operator, bad-value, bad-paging) and :class:`QueryTimeout`.
    """
    if not 0 <= limit <= MAX_LIMIT or not 0 <= offset <= MAX_OFFSET:
        raise QueryError("bad-paging", limit=limit, offset=offset)
    with open_parquet(parquet, seconds=seconds) as table:
        columns = list(choose(table, by)) if by else []
        expressions = [identifier(column.name) for column in columns]
        for function, name in aggregates:
            if function not in AGGREGATES:
                raise QueryError("unknown-operator", name, operator=function)
            column = table.column(name) if name else None
            if column is None and function != "count":
                raise QueryError("bad-value", None, expected="column")
            if column and function in ("sum", "avg") and column.type not in NUMERIC:
                raise QueryError("bad-value", column.name, expected="number")
            called = f"{function}_{column.name}" if column else "count"
            if called in {one.name for one in columns}:
                raise QueryError("bad-value", called, expected="another name")
            kind = "integer" if function == "count" else "number" if function == "avg" or column is None else column.type
            columns.append(Column(called, kind))
            inner = identifier(column.name) if column else "*"
            cast = {"sum": "::DOUBLE" if kind == "number" else "::HUGEINT", "avg": "::DOUBLE"}.get(function, "")
            expressions.append(f"{function}({inner}{cast}) AS {identifier(called)}")
        condition, values = where(table, filters, search, counting=True)
        numbers = {column.name: str(number) for number, column in enumerate(columns, 1)}
        order = []
        for wanted in [*sort, *(column.name for column in columns[: len(by)])]:
            if wanted.removeprefix("-") not in numbers:
                raise QueryError("unknown-column", wanted.removeprefix("-"))
            order.append(f"{numbers[wanted.removeprefix('-')]} {'DESC' if wanted.startswith('-') else 'ASC'} NULLS LAST")
        grouped = f" GROUP BY {', '.join(expressions[: len(by)])}" if by else ""
        sql = f"SELECT {', '.join(expressions)} FROM data{condition}{grouped}"
        total = table.fetch_all(f"SELECT count(*) FROM ({sql})", values)[0][0]
        ordered = f" ORDER BY {', '.join(order)}" if order else ""
        rows = table.fetch_all(f"{sql}{ordered} LIMIT ? OFFSET ?", [*values, limit, offset])
        return Page(tuple(columns), rows, total, offset, limit)
