# ruff: noqa: S608 -- names are quoted by `identifier`, numbers are numbers
"""What changed between two tables: rows added, removed and changed, by key or, without one, as whole rows however often they occur."""

import os
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from .connection import SECONDS, identifier, limited, locked_down, open_parquet
from .questions import QueryTimeout

SHOWN = 200
_NUMBERS = frozenset({"integer", "number"})
_one_at_a_time = threading.Lock()  # each may take half a gigabyte


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """A row that is in both tables: its `key`, and each cell that differs as (column, before, after)."""

    key: Sequence[Any]
    cells: Sequence[tuple[str, Any, Any]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Counts are exact; of the rows only the first are here. `columns` of `added_rows`, `columns_before` of `removed_rows`.

    `key` is empty where rows were compared whole: then none is "changed". `compared`: the columns that both tables have.
    """

    key: Sequence[str]
    compared: Sequence[str]
    columns: Sequence[str]
    columns_before: Sequence[str]
    added: int
    removed: int
    changed: int
    unchanged: int
    added_rows: Sequence[Sequence[Any]]
    removed_rows: Sequence[Sequence[Any]]
    changed_rows: Sequence[ChangedRow]


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """`kind` is added, removed, type or label; `before` and `after` what it was and is ("" where the column was or is not there)."""

    kind: str
    column: str
    before: str = ""
    after: str = ""


def compare_schemas(before: Mapping[str, Any], after: Mapping[str, Any], *, language: str = "") -> list[SchemaChange]:
    """What two Table Schemas say differently about their columns; labels in ``language`` where they are translated."""
    old, new = ({str(field["name"]): field for field in schema.get("fields") or []} for schema in (before, after))
    changes = [SchemaChange("added", name, after=_type(field)) for name, field in new.items() if name not in old]
    changes += [SchemaChange("removed", name, before=_type(field)) for name, field in old.items() if name not in new]
    for name in (name for name in new if name in old):
        if _type(old[name]) != _type(new[name]):
            changes.append(SchemaChange("type", name, _type(old[name]), _type(new[name])))
        labels = [field.get("title_translated") or {"": field.get("title") or ""} for field in (old[name], new[name])]
        if labels[0] != labels[1]:
            words = [label.get(language) or next((text for text in label.values() if text), "") for label in labels]
            changes.append(SchemaChange("label", name, *words))
    return changes


def _type(field: Mapping[str, Any]) -> str:
    return str(field.get("type") or "any")


def compare_tables(
    before: str | os.PathLike[str], after: str | os.PathLike[str], *, key: Sequence[str] = (), seconds: float = SECONDS
) -> Difference:
    """Compares two Parquet files of ours. A ``key`` that a table lacks, leaves empty or repeats is not used.

    Raises :class:`TabularError` where a file cannot be read, :class:`QueryTimeout` after ``seconds``, :class:`QueryError` for memory.
    """
    paths = {"before": str(Path(before).resolve()), "after": str(Path(after).resolve())}
    columns: dict[str, dict[str, str]] = {}
    for name, path in paths.items():
        with open_parquet(path) as table:
            columns[name] = {column.name: column.type for column in table.columns if column.name != "_id"}
    if not _one_at_a_time.acquire(timeout=seconds):
        raise QueryTimeout(seconds)
    try:
        database = locked_down(paths)
        try:
            with limited(database, seconds, *paths.values()):
                return _Comparison(database, columns["before"], columns["after"], key).difference()
        finally:
            database.close()
    finally:
        _one_at_a_time.release()


class _Comparison:
    """Two views, `before` and `after`, whose rows carry the number `_id`."""

    def __init__(self, database: duckdb.DuckDBPyConnection, before: dict[str, str], after: dict[str, str], key: Sequence[str]) -> None:
        self.database, self.before, self.after = database, before, after
        self.shared = [name for name in after if name in before]
        self.key = list(key) if key and set(key) <= set(self.shared) and self._identifies(key) else []

    def difference(self) -> Difference:
        if self.key:
            others = " OR ".join(self._differs(name) for name in self.shared if name not in self.key) or "false"
            same_key = " AND ".join(self._equal(name) for name in self.key)
            pairs = f'FROM before b FULL JOIN after a ON {same_key} WHERE b."_id" IS NULL OR a."_id" IS NULL OR {others}'
            self.database.execute(f'CREATE TEMP TABLE pairs AS SELECT b."_id" AS old, a."_id" AS new {pairs}')
        else:
            self.database.execute(
                f"CREATE TEMP TABLE pairs AS {self._unpaired('before', 'old')} UNION ALL {self._unpaired('after', 'new')}"
            )
        counts = self.database.execute(
            "SELECT count(*) FILTER (old IS NULL), count(*) FILTER (new IS NULL), count(*) FROM pairs"
        ).fetchone()
        added, removed, pairs_found = counts or (0, 0, 0)
        total = (self.database.execute("SELECT count(*) FROM after").fetchone() or (0,))[0]
        changed = pairs_found - added - removed
        return Difference(
            self.key,
            self.shared,
            list(self.after),
            list(self.before),
            added,
            removed,
            changed,
            total - added - changed,
            self._rows("after", self.after, "new", "old"),
            self._rows("before", self.before, "old", "new"),
            self._changed_rows() if changed else [],
        )

    def _identifies(self, key: Sequence[str]) -> bool:
        names = ", ".join(map(identifier, key))
        empty = " OR ".join(f"{identifier(name)} IS NULL" for name in key)
        for view in ("before", "after"):
            sql = (
                f"SELECT EXISTS (SELECT 1 FROM {view} WHERE {empty}) OR EXISTS (SELECT 1 FROM {view} GROUP BY {names} HAVING count(*) > 1)"
            )
            if (self.database.execute(sql).fetchone() or (True,))[0]:
                return False
        return True

    def _cell(self, side: str, name: str) -> str:
        """A cell so that both tables' can be compared: as text where the column has become of another type."""
        types = {self.before[name], self.after[name]}
        cell = f"{side}.{identifier(name)}"
        return cell if len(types) == 1 or types <= _NUMBERS else f"{cell}::VARCHAR"

    def _equal(self, name: str) -> str:
        return f"{self._cell('b', name)} = {self._cell('a', name)}"

    def _differs(self, name: str) -> str:
        return f"{self._cell('b', name)} IS DISTINCT FROM {self._cell('a', name)}"

    def _unpaired(self, view: str, number: str) -> str:
        """The numbers of the rows in `view` that the other table has not, or has less often: the last of the same."""
        other = "after" if view == "before" else "before"
        side, far = view[0], other[0]
        old, new = (f"{side}.n AS {name}" if number == name else f"NULL::BIGINT AS {name}" for name in ("old", "new"))

        def grouped(name: str, letter: str, what: str) -> str:
            cells = ", ".join(f"{self._cell(letter, column)} AS c{index}" for index, column in enumerate(self.shared))
            return f"(SELECT {cells}, {what} FROM {name} {letter} GROUP BY ALL)"

        same = " AND ".join(f"{side}.c{index} IS NOT DISTINCT FROM {far}.c{index}" for index in range(len(self.shared)))
        mine = grouped(view, side, f'list({side}."_id" ORDER BY {side}."_id") AS ids')
        theirs = grouped(other, far, "count(*) AS held")
        if not self.shared:
            return f'SELECT {old}, {new} FROM (SELECT "_id" AS n FROM {view}) {side}'
        found = f"SELECT unnest(ids[coalesce({far}.held, 0) + 1:]) AS n FROM {mine} {side} LEFT JOIN {theirs} {far} ON {same}"
        return f"SELECT {old}, {new} FROM ({found}) {side}"

    def _rows(self, view: str, columns: Sequence[str] | dict[str, str], number: str, absent: str) -> list[tuple[Any, ...]]:
        names = ", ".join(f"t.{identifier(name)}" for name in columns)
        wanted = f"SELECT {number} FROM pairs WHERE {absent} IS NULL ORDER BY 1 LIMIT {SHOWN}"
        sql = f'SELECT {names} FROM {view} t WHERE t."_id" IN ({wanted}) ORDER BY t."_id"'
        return self.database.execute(sql).fetchall() if columns else []

    def _changed_rows(self) -> list[ChangedRow]:
        others = [name for name in self.shared if name not in self.key]
        cells = [f"a.{identifier(name)}" for name in self.key]
        for name in others:
            cells += [self._differs(name), f"b.{identifier(name)}", f"a.{identifier(name)}"]
        wanted = f"(SELECT old, new FROM pairs WHERE old IS NOT NULL AND new IS NOT NULL ORDER BY new LIMIT {SHOWN}) p"
        sql = f'SELECT {", ".join(cells)} FROM {wanted} JOIN before b ON b."_id" = p.old JOIN after a ON a."_id" = p.new ORDER BY p.new'
        width = len(self.key)
        found = []
        for row in self.database.execute(sql).fetchall():
            parts = [row[width + index * 3 : width + index * 3 + 3] for index in range(len(others))]
            differing = [(name, part[1], part[2]) for name, part in zip(others, parts, strict=True) if part[0]]
            found.append(ChangedRow(row[:width], differing))
        return found
