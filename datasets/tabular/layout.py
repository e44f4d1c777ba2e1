# ruff: noqa: S608 -- names are quoted by `identifier`
"""How a table lies on disk, so that a page, a filter and a count over ten million rows are answered in tens of milliseconds.

Row groups of 61,440 rows with statistics: a page decodes one of them. Dictionaries up to 30,000 values: filters and counts compare a value
once, not once a row. Numbers as differences (Parquet 2 encodings). Beside each text column that is not plain ASCII its folded form, which
"contains" searches; beside one of very many codes a small number for each, which "is" looks through. What the columns hold and their
commonest values stand in the footer, so that nobody has to count again.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from .connection import FOLDED, HASHED, THREADS, hashed, identifier, literal
from .contract import Column

LAYOUT = 3  # raise it when the file's form changes: tables of another one are written anew
FEW = 50
TOP = 100  # values kept with their counts, where a column has no more than MANY
MANY = 50_000
CODE = 40  # characters
BARS = 12
_AT_ONCE = 40  # columns counted in one statement
_OPTIONS = (
    "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION V2, ROW_GROUP_SIZE 61440, "
    "DATA_PAGE_SIZE_LIMIT 65536, DICTIONARY_SIZE_LIMIT 30000, STRING_DICTIONARY_PAGE_SIZE_LIMIT 4194304"
)


def lay_out(source: Path, target: Path, columns: Sequence[Column]) -> None:
    """Writes the typed rows of ``source`` (a Parquet file in any form) to ``target`` in ours."""
    config: dict[str, str | bool | int | float | list[str]] = {
        "threads": THREADS,
        "memory_limit": "350MB",
        "temp_directory": str(target.parent / "spill"),
    }
    with duckdb.connect(":memory:", config=config) as connection:
        connection.execute(f"CREATE VIEW rows AS SELECT * FROM read_parquet({literal(str(source))})")
        statistics = [found for some in _slices(columns[1:]) for found in _statistics(connection, some)]
        folded = [column.name for some in _slices([c for c in columns if c.type == "text"]) for column in _foreign(connection, some)]
        chosen = [identifier(column.name) for column in columns]
        chosen += [f"coalesce({_folded(name)}, lower({identifier(name)})) AS {_folded(name)}" for name in folded]
        codes = [one["name"] for one in statistics if one["type"] == "text" and one["distinct"] > MANY and _like_code(one)]
        chosen += [f"{hashed(identifier(name))} AS {identifier(HASHED + name)}" for name in codes]
        footer = f"KV_METADATA {{layout: '{LAYOUT}', statistics: {literal(json.dumps(statistics, ensure_ascii=False))}}}"
        connection.execute(f"COPY (SELECT {', '.join(chosen)} FROM rows) TO {literal(str(target))} ({_OPTIONS}, {footer})")


def _like_code(one: dict[str, Any]) -> bool:
    """A word without spaces, going by the first and the last: nobody types a whole name or sentence to find a row."""
    return all(len(text) <= CODE and " " not in text for text in (one["minimum"], one["maximum"]))


def _slices(columns: Sequence[Column]) -> Iterable[Sequence[Column]]:
    return (columns[start : start + _AT_ONCE] for start in range(0, len(columns), _AT_ONCE))


def _folded(name: str) -> str:
    return identifier(FOLDED + name)


def _foreign(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[Column]:
    """The text columns with at least one cell that folding writes differently from lower case."""
    counts = ", ".join(f"count({_folded(column.name)})" for column in columns)
    row = connection.execute(f"SELECT {counts} FROM rows").fetchone() or ()
    return [column for column, count in zip(columns, row, strict=True) if count]


def _statistics(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """`ColumnStatistics` as JSON, in the order of `columns`."""
    pieces = ["count(*)"]
    for column in columns:
        name = identifier(column.name)
        # Half a page of text as "the smallest" tells nobody anything and would fill the footer.
        ends = [f"left(min({name}), 100)", f"left(max({name}), 100)"] if column.type == "text" else [f"min({name})", f"max({name})"]
        mean = f"avg({name}) FILTER (isfinite({name}))" if column.type in ("integer", "number") else "NULL"
        pieces += [f"count({name})", f"approx_count_distinct({name})", *ends, mean]
    total, *found = connection.execute(f"SELECT {', '.join(pieces)} FROM rows").fetchone() or (0,)
    statistics = []
    for index, column in enumerate(columns):
        count, distinct, least, most, mean = found[index * 5 : index * 5 + 5]
        one = {"name": column.name, "type": column.type, "count": count, "nulls": total - count, "distinct": min(distinct, count)}
        one |= {"minimum": _json(least), "maximum": _json(most), "mean": mean if mean is None else round(mean, 6)}
        statistics.append(one | _bars(connection, column, distinct, least, most))
    return statistics


def _bars(connection: duckdb.DuckDBPyConnection, column: Column, distinct: int, least: Any, most: Any) -> dict[str, Any]:
    name = identifier(column.name)
    if distinct <= MANY:  # the estimate is near enough to decide whether counting is worth it
        sql = f"SELECT {name}, count(*) FROM rows WHERE {name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
        rows = connection.execute(sql).fetchall()
        top = [[_json(value), _json(value), count] for value, count in rows[:TOP] if len(str(value)) <= 200]
        if len(top) == len(rows) <= FEW:
            return {"distinct": len(rows), "few": True, "bars": top}
        kept = {"top": top} if len(top) == TOP and column.type != "number" else {}
        return {"distinct": len(rows), "bars": _ranges(connection, column, least, most), **kept}
    return {"bars": _ranges(connection, column, least, most)}


def _ranges(connection: duckdb.DuckDBPyConnection, column: Column, least: Any, most: Any) -> list[list[Any]]:
    """Equal ranges between the smallest and the largest value, each with its count."""
    if column.type not in ("integer", "number", "date", "datetime") or least is None:
        return []
    name = identifier(column.name)
    value = name if column.type in ("integer", "number") else f"epoch({name})"
    start, end = connection.execute(f"SELECT min({value})::DOUBLE, max({value})::DOUBLE FROM rows").fetchone() or (0, 0)
    width = (end - start) / BARS
    if not 0 < width < 1e300:
        return []
    sql = f"SELECT least(floor(({value} - ?) / ?), ?)::INTEGER, count(*) FROM rows WHERE {name} IS NOT NULL GROUP BY 1"
    counts = dict(connection.execute(sql, [start, width, BARS - 1]).fetchall())
    edges = [start + width * index for index in range(BARS)] + [end]
    ends = [_edge(column, edge) for edge in edges]
    return [[ends[index], ends[index + 1], counts.get(index, 0)] for index in range(BARS)]


def _edge(column: Column, value: float) -> Any:
    if column.type in ("date", "datetime"):
        moment = datetime(1970, 1, 1) + timedelta(seconds=value)
        return moment.date().isoformat() if column.type == "date" else moment.isoformat(timespec="seconds")
    return round(value) if column.type == "integer" else float(f"{value:.6g}")


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date | time) else value
