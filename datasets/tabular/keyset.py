"""Paging by the last row's key instead of by counting rows, so that the millionth page is as near as the second.

A key is text for an address: the row's number, and the values it is sorted by as JSON: ``120`` or ``120:["ភូមិ"]``.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from .conditions import Sort, keeps_order, typed_value
from .connection import ParquetTable, identifier
from .contract import Column
from .questions import Condition, QueryError


class Order:
    """How the rows that match ``filters`` follow each other: by ``sort``, empty cells last, then by their number."""

    def __init__(self, table: ParquetTable, sort: Sequence[Sort], filters: Sequence[Condition] = ()) -> None:
        self.parts: list[tuple[Column, bool]] = []
        for item in sort:
            name, descending = (item[1:], True) if isinstance(item, str) and item.startswith("-") else (item, False)
            if not isinstance(item, str):
                name, descending = item
            self.parts.append((table.column(str(name)), descending))
        self.has_ids = table.has_ids
        self._in_order = keeps_order(filters) or not table.has_ids
        self._has_empty = table.has_empty

    def clause(self, *, backwards: bool = False) -> str:
        """The ORDER BY clause; nothing where the rows already stand like that."""
        if not self.parts and not backwards and self._in_order:
            return ""
        words = [
            f"{identifier(column.name)} {'DESC' if descending != backwards else 'ASC'} NULLS {'FIRST' if backwards else 'LAST'}"
            for column, descending in self.parts
        ]
        if self.has_ids:
            words.append('"_id" DESC' if backwards else '"_id"')
        return " ORDER BY " + ", ".join(words)

    def key_columns(self) -> list[str]:
        """Names of the columns of which `key` wants the values."""
        return [column.name for column, _descending in self.parts] + ["_id"] * self.has_ids

    def key(self, values: Sequence[Any]) -> str:
        """The key of the row with these values of ``key_columns``."""
        *sorted_by, number = values
        written = [value.isoformat() if isinstance(value, datetime | date | time) else value for value in sorted_by]
        return f"{number}:{json.dumps(written, ensure_ascii=False, separators=(',', ':'))}" if written else str(number)

    def beyond(self, key: str, *, backwards: bool) -> tuple[str, list[Any]]:
        """A condition on the rows after ``key`` (before it, when ``backwards``). Raises :class:`QueryError` (bad-paging)."""
        number, values = self._read(key)
        condition, bound = f'("_id" {"<" if backwards else ">"} ?)', [number]
        for (column, descending), value in reversed(list(zip(self.parts, values, strict=True))):
            name = identifier(column.name)
            if value is None:
                condition = f"({name} IS NOT NULL OR {condition})" if backwards else f"({name} IS NULL AND {condition})"
                continue
            sign = "<" if descending != backwards else ">"
            # So written that whole row groups beyond the value are passed over.
            condition, bound = f"({name} {sign}= ? AND NOT ({name} = ? AND NOT {condition}))", [value, value, *bound]
            if not backwards and self._has_empty(column):
                condition = f"({condition} OR {name} IS NULL)"
        return condition, bound

    def _read(self, key: str) -> tuple[int, list[Any]]:
        number, _colon, written = key.partition(":")
        try:
            values = json.loads(written) if written else []
            if not self.has_ids or not isinstance(values, list) or len(values) != len(self.parts):
                raise ValueError(key)
            typed = [None if v is None else typed_value(column, v) for (column, _), v in zip(self.parts, values, strict=True)]
            return min(max(int(number), -1), 2**62), typed
        except (ValueError, RecursionError) as error:
            raise QueryError("bad-paging", key=key) from error
