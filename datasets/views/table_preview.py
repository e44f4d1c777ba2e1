"""A page of a table, cell by cell, ready to be shown."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasets.models import Version
from datasets.tabular import Column, Filter, Page, read_page

from .columns import ColumnFact
from .speech import language_of

ROW_ID = "_id"
LONG = 60
LONGEST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as shown; `language` of its script where that is certain; `kind`: num, text (long, may wrap), empty or ""."""

    text: str
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows of cells in the order of `columns`, `total` rows that match."""

    columns: Sequence[ColumnFact]
    rows: Sequence[Sequence[Cell]]
    total: int
    offset: int


def shown(value: Any, numeric: bool = False) -> Cell:
    """A value as a cell. Numbers stay as they are in the data: no separators, Arabic digits, so that they can be copied."""
    if value is None or value == "":
        return Cell("", "empty")
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, int | float):
        return Cell(f"{value:.0f}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else str(value), "num")
    if isinstance(value, datetime.datetime):
        return Cell(value.isoformat(sep=" "))
    text = str(value)
    # JSON (a shape on the map, say) tells nobody more in three hundred characters than in forty.
    longest = 40 if text.startswith(('{"', "[{", "[[")) else LONGEST_SHOWN
    if len(text) > longest:
        text = text[:longest] + "…"
    return Cell(text, "num" if numeric else "text" if len(text) > LONG else "", language_of(text))


def preview(
    version: Version,
    columns: Sequence[ColumnFact],
    *,
    filters: Sequence[Filter] = (),
    sort: Sequence[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> Preview:
    """Rows of a version's table. QueryError where the question cannot be answered, OSError where the table is gone."""
    path = version.parquet_path
    if path is None or not path.is_file():
        raise FileNotFoundError(str(path))
    names = [column.name for column in columns]
    page: Page = read_page(path, columns=names or None, filters=list(filters), sort=list(sort), offset=offset, limit=limit)
    keep = [index for index, column in enumerate(page.columns) if column.name != ROW_ID]
    facts = {column.name: column for column in columns}
    kept = [_fact(facts, page.columns[index]) for index in keep]
    rows = [[shown(row[index]) for index in keep] for row in page.rows]
    return Preview(kept, rows, page.total, page.offset)


def _fact(facts: dict[str, ColumnFact], column: Column) -> ColumnFact:
    return facts.get(column.name) or ColumnFact(column.name, column.type, column.type, "", "", "", "", (), ())
