# ruff: noqa: S608 -- names are quoted by `identifier`, values are bound
"""Rows that hold words, those that hold them most often first."""

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.text.key import fold

from .conditions import Sort, can_hold, comparable, where
from .connection import SECONDS, ParquetTable, identifier, open_parquet
from .contract import Column
from .keyset import Order
from .query import choose
from .questions import Condition, Page

Ranks = Mapping[str, tuple[str | None, Sequence[str]]]  # name of a rank -> column (None: any), words


def read_ranked(
    parquet: str | os.PathLike[str],
    *,
    ranks: Ranks,
    columns: Sequence[str] | None = None,
    filters: Iterable[Condition] = (),
    sort: Sequence[Sort] = (),
    offset: int = 0,
    limit: int = 100,
    search: str | None = None,
    seconds: float = SECONDS,
) -> Page:
    """As `read_page`, with a column for each rank behind the others and, without `sort`, the highest rank first.

    A rank is between 0 and 1 and grows with how often the words occur in the row. Raises :class:`QueryError`, :class:`QueryTimeout`.
    """
    with open_parquet(parquet, seconds=seconds) as table:
        chosen = choose(table, columns)
        condition, values = where(table, filters, search, counting=True)
        total = table.recall(f"SELECT count(*) FROM data{condition}", values)[0][0]
        counted = [_occurrences(table, column, words) for column, words in ranks.values()]
        names = [
            *(identifier(column.name) for column in chosen),
            *(f"1 - 1 / (1 + {sql}) AS rank{n}" for n, (sql, _) in enumerate(counted)),
        ]
        order = Order(table, sort).clause() or f' ORDER BY {" + ".join(f"rank{n}" for n in range(len(counted)))} DESC, "_id"'
        bound = [value for _sql, words in counted for value in words]
        rows = table.fetch_all(f"SELECT {', '.join(names)} FROM data{condition}{order} LIMIT ? OFFSET ?", [*bound, *values, limit, offset])
    return Page((*chosen, *(Column(name, "number") for name in ranks)), rows, total, offset, limit)


def _occurrences(table: ParquetTable, column: str | None, words: Sequence[str]) -> tuple[str, list[Any]]:
    """How often the words occur: SQL, and the values it binds."""
    columns = [table.column(column)] if column is not None else table.columns
    parts, values = ["0.0"], list[Any]()
    for word in filter(None, dict.fromkeys(map(fold, words))):
        for text in (comparable(table, one, word) for one in columns if can_hold(one, word)):
            parts.append(f"coalesce((length({text}) - length(replace({text}, ?, ''))) / length(?), 0)")
            values += [word, word]
    return f"({' + '.join(parts)})", values
