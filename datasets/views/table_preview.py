"""A page of a table, cell by cell, ready to be shown."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasets.models import Version
from datasets.tabular import Column, Filter, Page, read_page

from .columns import ColumnFact
from .speech import voice_of

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
    """Rows of cells in the order of `columns`, `total` rows that match; `before` and `after`: keys of the pages beside this one."""

    columns: Sequence[ColumnFact]
    rows: Sequence[Sequence[Cell]]
    total: int
    ids: Sequence[int] = ()
    before: str | None = None
    after: str | None = None

    @property
    def numbered(self) -> list[tuple[int | None, Sequence[Cell]]]:
        """(number of the row in the file, cells)."""
        return list(zip(self.ids or [None] * len(self.rows), self.rows, strict=True))


def shown(value: Any, numeric: bool = False, longest: int = LONGEST_SHOWN) -> Cell:
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
    longest = 40 if longest == LONGEST_SHOWN and text.startswith(('{"', "[{", "[[")) else longest
    if len(text) > longest:
        text = text[:longest] + "…"
    return Cell(text, "num" if numeric else "text" if len(text) > LONG else "", voice_of(text))


def preview(
    version: Version,
    columns: Sequence[ColumnFact],
    *,
    filters: Sequence[Filter] = (),
    sort: Sequence[str] = (),
    limit: int = 50,
    **paging: str,
) -> Preview:
    """Rows of a version's table. `paging`: `after` or `before` a key. QueryError; TableLost and other OSErrors where there is no table."""
    path = version.parquet_path
    if path is None:
        raise FileNotFoundError
    names = [column.name for column in columns]
    page: Page = read_page(path, columns=names or None, filters=list(filters), sort=list(sort), limit=limit, **paging)
    keep = [index for index, column in enumerate(page.columns) if column.name != ROW_ID]
    facts = {column.name: column for column in columns}
    kept = [_fact(facts, page.columns[index]) for index in keep]
    rows = [[shown(row[index]) for index in keep] for row in page.rows]
    return Preview(kept, rows, page.total, page.ids, page.before, page.after)


def _fact(facts: dict[str, ColumnFact], column: Column) -> ColumnFact:
    return facts.get(column.name) or ColumnFact(column.name, column.type, column.type, "", "", "", "", (), ())
