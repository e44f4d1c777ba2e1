# ruff: noqa: S608 -- names are quoted by `identifier`
"""How a table lies on disk, so that a page, a filter and a count over ten million rows are answered in tens of milliseconds.

Row groups of 61,440 rows with statistics: a page decodes one of them. Dictionaries up to 30,000 values: filters and counts compare a value
once, not once a row. Numbers as differences (Parquet 2 encodings). Beside each text column that is not plain ASCII its folded form, which
"contains" searches; beside one of very many codes a small number for each, which "is" looks through. What the columns hold and their
different values stand in the footer with their counts, so that nobody has to count again: a condition on one column is asked of these.
In a large table the place of each text among these stands beside it as a number, so do decimal numbers as whole ones (`scaling.py`), and
the texts of other columns are appended end to end (`texts.py`).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from .connection import CODED, FOLDED, HASHED, THREADS, VALUES, hashed, identifier, literal
from .contract import Column
from .scaling import decimals_of, scaled
from .texts import append_texts

LAYOUT = 5  # raise it when the file's form changes: tables of another one are written anew
LARGE = 2_000_000  # rows from which a file also holds what makes no difference to smaller ones
FEW = 50
MANY = 50_000  # different values of a column whose counts are kept, while those of all columns are no longer than
KEPT_CHARACTERS = 4 << 20
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
        # Polars counts the nanoseconds of a day, which DuckDB takes for a type of its own without text functions.
        times = ", ".join(f"{identifier(column.name)}::TIME AS {identifier(column.name)}" for column in columns if column.type == "time")
        replaced = f"REPLACE ({times})" if times else ""
        connection.execute(f"CREATE VIEW rows AS SELECT * {replaced} FROM read_parquet({literal(str(source))})")
        folded = [column.name for some in _slices([c for c in columns if c.type == "text"]) for column in _foreign(connection, some)]
        forms = {name: f"coalesce({_folded(name)}, lower({identifier(name)}))" for name in folded}
        kept: dict[str, str] = {}
        statistics = [found for some in _slices(columns[1:]) for found in _statistics(connection, some, forms, kept)]
        chosen = [identifier(column.name) for column in columns]
        chosen += [f"{form} AS {_folded(name)}" for name, form in forms.items()]
        codes = [one["name"] for one in statistics if one["type"] == "text" and one["distinct"] > MANY and _like_code(one)]
        chosen += [f"{hashed(identifier(name))} AS {identifier(HASHED + name)}" for name in codes]
        rows, last = connection.execute('SELECT count(*), max("_id") FROM rows').fetchone() or (0, 0)
        texts = [one["name"] for one in statistics if one["type"] == "text" and rows >= LARGE]
        few = {one["name"] for one in statistics if one.get("few")}
        chosen += [_coded(name, json.loads(kept[name])["v"]) for name in texts if name in kept and name not in few]
        chosen += _scaled(connection, [one for one in statistics if one["type"] == "number" and one["distinct"] > MANY and rows >= LARGE])
        told = {"layout": str(LAYOUT), "statistics": json.dumps(statistics, ensure_ascii=False)}
        told |= {f"{VALUES}{number}": kept[column.name] for number, column in enumerate(columns) if column.name in kept}
        footer = ", ".join(f"{literal(name)}: {literal(text)}" for name, text in told.items())
        options = f"{_OPTIONS}, KV_METADATA {{{footer}}}"
        connection.execute(f"COPY (SELECT {', '.join(chosen)} FROM rows) TO {literal(str(target))} ({options})")
        if rows == last:
            others = {name: forms.get(name, f"lower({identifier(name)})") for name in texts if name not in kept}
            append_texts(target, others, connection)


def _like_code(one: dict[str, Any]) -> bool:
    """A word without spaces, going by the first and the last: nobody types a whole name or sentence to find a row."""
    return all(len(text) <= CODE and " " not in text for text in (one["minimum"], one["maximum"]))


def _slices(columns: Sequence[Column]) -> Iterable[Sequence[Column]]:
    return (columns[start : start + _AT_ONCE] for start in range(0, len(columns), _AT_ONCE))


def _folded(name: str) -> str:
    return identifier(FOLDED + name)


def _coded(name: str, values: Sequence[str | None]) -> str:
    """The place of each cell's text among the column's different texts: numbers are compared and counted many times faster than texts."""
    texts = [literal(value) for value in values if value is not None]
    place = f"enum_code({identifier(name)}::ENUM ({', '.join(texts)}))::INTEGER" if texts else "NULL::INTEGER"
    return f"coalesce({place}, {len(texts)}) AS {identifier(CODED + name)}"


def _scaled(connection: duckdb.DuckDBPyConnection, columns: Sequence[dict[str, Any]]) -> list[str]:
    """The columns beside those whose numbers have few decimals; how many they have is told in the column's statistics."""
    asked = ", ".join(["0", *(decimals_of(one["name"]) for one in columns)])
    _zero, *found = connection.execute(f"SELECT {asked} FROM rows").fetchone() or (0,)
    few = [(one, decimals) for one, decimals in zip(columns, found, strict=True) if decimals is not None]
    for one, decimals in few:
        one["decimals"] = decimals
    return [scaled(one["name"], decimals) for one, decimals in few]


def _foreign(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> list[Column]:
    """The text columns with at least one cell that folding writes differently from lower case."""
    counts = ", ".join(f"count({_folded(column.name)})" for column in columns)
    row = connection.execute(f"SELECT {counts} FROM rows").fetchone() or ()
    return [column for column, count in zip(columns, row, strict=True) if count]


def _statistics(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[Column], forms: Mapping[str, str], kept: dict[str, str]
) -> list[dict[str, Any]]:
    """`ColumnStatistics` as JSON, in the order of `columns`; `kept` gets the counts of values that are to be kept, by column."""
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
        rows = _counts(connection, column, forms.get(column.name)) if distinct <= MANY else []  # the estimate is near enough for that
        if rows:
            one["distinct"] = sum(value is not None for value, _form, _count in rows)
            text = _as_json(rows) if column.type != "number" else ""  # JSON writes no NaN
            if text and len(text) + sum(map(len, kept.values())) <= KEPT_CHARACTERS:
                kept[column.name], one["kept"] = text, True
        bars = [[_json(value), _json(value), count] for value, _form, count in rows if value is not None and len(str(value)) <= 200]
        few = rows and len(bars) == one["distinct"] <= FEW
        statistics.append(one | ({"few": True, "bars": bars} if few else {"bars": _ranges(connection, column, least, most)}))
    return statistics


def _counts(connection: duckdb.DuckDBPyConnection, column: Column, form: str | None) -> list[tuple[Any, str | None, int]]:
    """Each value (None: empty) with its folded form and its number of rows, the commonest first."""
    name = identifier(column.name)
    sql = f"SELECT {name}, any_value({form or 'NULL::VARCHAR'}), count(*) FROM rows GROUP BY 1 ORDER BY 3 DESC, 1 NULLS LAST"
    return connection.execute(sql).fetchall()


def _as_json(rows: Sequence[tuple[Any, str | None, int]]) -> str:
    """As `ParquetTable.counted` reads it: values, folded forms where there are any, counts. "Empty" comes last."""
    values, forms, counts = (list(one) for one in zip(*sorted(rows, key=lambda row: row[0] is None), strict=True))
    return json.dumps({"v": values, "f": forms if any(forms) else [], "n": counts}, ensure_ascii=False, default=_json)


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
