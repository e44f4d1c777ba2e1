"""Turns batches of text into typed columns: vectorised where certain, cell by cell through frictionless elsewhere."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from search.text.key import fold

from .batches import Batch, column_names
from .connection import FOLDED, HIDDEN
from .contract import BadCell, Column
from .readings import missing_values, reading_of
from .validation.opening import OpenTable

ROW_ID = "_id"
KEPT_BAD_CELLS = 1_000
_STORED: dict[str, tuple[pl.DataType, str]] = {
    "integer": (pl.Int64(), "integer"),
    "year": (pl.Int64(), "integer"),
    "number": (pl.Float64(), "number"),
    "boolean": (pl.Boolean(), "boolean"),
    "date": (pl.Date(), "date"),
    "datetime": (pl.Datetime("us"), "datetime"),
    "time": (pl.Time(), "time"),
}
_TEXT: tuple[pl.DataType, str] = (pl.String(), "text")
_LARGEST = 2**63 - 1


class Overflow(Exception):
    """A valid whole number that 64 bits cannot hold: its column is written again, as text."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


class TypedRows:
    """``columns`` and ``schema`` of the table to be, and its frames one by one."""

    def __init__(self, table: OpenTable, as_text: frozenset[int]) -> None:
        self.fields = table.fields
        self.first_row = table.first_row
        self.bad_cells: list[BadCell] = []
        self.bad_cell_count = 0
        self.readers: list[Callable[[Any], tuple[Any, Any]]] = [field.create_cell_reader() for field in table.fields]
        stored = [_TEXT if index in as_text else _STORED.get(field.type, _TEXT) for index, field in enumerate(table.fields)]
        names = _distinct([field.name for field in table.fields])
        self.columns = (Column(ROW_ID, "integer"), *(Column(name, kind) for name, (_, kind) in zip(names, stored, strict=True)))
        self.types = [dtype for dtype, _ in stored]
        self.schema = pl.Schema(
            {
                ROW_ID: pl.Int64(),
                **dict(zip(names, self.types, strict=True)),
                **{FOLDED + name: pl.String() for name, (_, kind) in zip(names, stored, strict=True) if kind == "text"},
            }
        )
        self.names = names
        self.expressions: list[pl.Expr] = []
        for index, (field, dtype, source) in enumerate(zip(table.fields, self.types, column_names(len(names)), strict=True)):
            self.expressions += self._expressions(index, field, dtype, pl.col(source))

    def _expressions(self, index: int, field: Any, dtype: pl.DataType, cell: pl.Expr) -> list[pl.Expr]:
        """For each column its values, whether they are certain, and whether the cell is a missing value."""
        missing = cell.is_in(missing_values(field)).fill_null(True)
        reading = reading_of(field, cell)
        if reading is None or reading.dtype != dtype:
            value, certain = pl.lit(None, dtype=dtype), missing
        else:
            accepts = reading.accepts & reading.exact if field.type == "datetime" else reading.accepts
            certain = missing | accepts.fill_null(False)
            value = pl.when(certain & ~missing).then(reading.value).otherwise(None)
        return [value.alias(f"v{index}"), certain.alias(f"s{index}"), missing.alias(f"m{index}")]

    def frame(self, batch: Batch) -> pl.DataFrame:
        """The typed rows of a batch, wholly blank ones left out."""
        found = batch.frame.lazy().select(self.expressions).collect()
        columns = [
            pl.Series(ROW_ID, batch.numbers, dtype=pl.Int64) - (self.first_row - 1),
            *(self._column(batch, found, index) for index in range(len(self.names))),
        ]
        blank = found.select(pl.all_horizontal(pl.selectors.starts_with("m"))).to_series()
        frame = pl.DataFrame(columns).filter(~blank)
        return frame.with_columns(_folded(frame[name.removeprefix(FOLDED)]) for name in self.schema if name.startswith(FOLDED))

    def _column(self, batch: Batch, found: pl.DataFrame, index: int) -> pl.Series:
        values, certain = found[f"v{index}"], found[f"s{index}"]
        doubtful = [] if certain.all() else certain.not_().arg_true().to_list()
        if doubtful:
            texts = batch.frame[f"c{index}"].gather(doubtful).to_list()
            read = [self._read(batch, index, row, text) for row, text in zip(doubtful, texts, strict=True)]
            values = values.scatter(doubtful, pl.Series(read, dtype=self.types[index], strict=True))
        return values.alias(self.names[index])

    def _read(self, batch: Batch, index: int, row: int, text: str) -> Any:
        if row in batch.odd and index >= len(batch.odd[row]):
            return None
        value, notes = self.readers[index](text)
        if notes and "type" in notes:
            self.bad_cell_count += 1
            if len(self.bad_cells) < KEPT_BAD_CELLS:
                number = batch.numbers[row]
                self.bad_cells.append(BadCell(number - self.first_row + 1, number, self.fields[index].name, text))
            return None
        return None if value is None else self._store(index, value, text)

    def _store(self, index: int, value: Any, text: str) -> Any:
        dtype = self.types[index]
        if dtype == pl.Int64:
            if abs(value) > _LARGEST:
                raise Overflow(index)
            return value
        if dtype == pl.Float64:
            return float(value) if isinstance(value, int | float | Decimal) else None
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        if isinstance(value, time):
            return value.replace(tzinfo=None)
        return value if isinstance(value, bool | date) else text


def _distinct(names: list[str]) -> list[str]:
    """DuckDB compares column names without regard to case; ``_id`` is ours, and so is what begins like our hidden columns."""
    taken, result = {ROW_ID}, []
    for name in names:
        name = name.lstrip("_") if name.startswith(HIDDEN) else name
        candidate, number = name, 2
        while candidate.lower() in taken:
            candidate, number = f"{name}_{number}", number + 1
        taken.add(candidate.lower())
        result.append(candidate)
    return result


def _folded(texts: pl.Series) -> pl.Series:
    """The texts that are not ASCII as search compares them; null elsewhere, where lower case is the same.

    Folding looks at no more than one word, and words repeat where whole cells do not ("ភូមិ 1", "ភូមិ 2").
    """
    foreign = (texts.str.len_bytes() != texts.str.len_chars()).fill_null(False)
    split = texts.filter(foreign).str.split(" ")
    words = split.explode().unique()
    words = words.filter(words.str.len_bytes() != words.str.len_chars())
    forms = pl.Series([_fold(word) for word in words.to_list()], dtype=pl.String)
    form = pl.element().replace_strict(words, forms, default=pl.element().str.to_lowercase(), return_dtype=pl.String)
    whole = split.list.eval(form).list.join(" ")
    return pl.Series(FOLDED + texts.name, [None], dtype=pl.String).new_from_index(0, len(texts)).scatter(foreign.arg_true(), whole)


_fold = lru_cache(50_000)(fold)
