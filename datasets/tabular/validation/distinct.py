"""Asks frictionless once about each different text: for columns that no expression reads, and for foreign keys."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

MOST_REMEMBERED = 100_000
MOST_CHARACTERS = 16 << 20


class DistinctColumn:
    """Judges a column's cells by the field's own reader."""

    def __init__(self, field: Any) -> None:
        self._read = field.create_cell_reader()
        self._known: dict[str, tuple[bool, int | None]] = {}
        self._characters = 0

    def clean(self, cells: pl.Series) -> pl.Series:
        """Where frictionless accepts the cell, be it a value or a missing one."""
        return cells.is_in([text for text, (clean, _) in self._judge(cells).items() if clean])

    def key(self, cells: pl.Series) -> pl.Series:
        """A number for each cell, equal for equal values; null for no value."""
        judged = self._judge(cells)
        return cells.replace_strict(list(judged), [key for _, key in judged.values()], return_dtype=pl.Int64())

    def _judge(self, cells: pl.Series) -> Mapping[str, tuple[bool, int | None]]:
        known = self._known
        judged = {}
        for text in cells.drop_nulls().unique().to_list():
            if text not in known:
                self._characters += len(text)
                known[text] = self._ask(text)
            judged[text] = known[text]
        if len(known) > MOST_REMEMBERED or self._characters > MOST_CHARACTERS:
            self._known, self._characters = {}, 0
        return judged

    def _ask(self, text: str) -> tuple[bool, int | None]:
        try:
            value, notes = self._read(text)
            return not notes, key_number(value)
        except Exception:  # frictionless cannot compare or keep it: let it say so when it judges the row
            return False, None


def key_number(value: Any) -> int | None:
    """A number for a value that frictionless read. Raises TypeError or ValueError where it cannot be a key."""
    return None if value is None else hash(value)


class ForeignKey:
    """``columns`` of the frame, the ``readers`` of their fields, and the ``values`` that the other table has."""

    def __init__(self, columns: Sequence[str], readers: Sequence[Callable[[Any], tuple[Any, Any]]], values: set[tuple[Any, ...]]) -> None:
        self.columns = list(columns)
        self._readers = readers
        self._values = values
        self._known: dict[tuple[str, ...], bool] = {}

    def broken(self, frame: pl.DataFrame) -> list[int]:
        """The indices of the rows whose values are perhaps not in the other table."""
        cells = frame.select(self.columns)
        unknown = []
        for texts in cells.unique().rows():
            if texts not in self._known:
                self._known[texts] = self._is_known(texts)
            if not self._known[texts]:
                unknown.append(texts)
        if len(self._known) > MOST_REMEMBERED:
            self._known = {}
        if not unknown:
            return []
        wrong = pl.DataFrame(unknown, schema=cells.schema, orient="row")
        found: list[int] = cells.with_row_index("index").join(wrong, on=self.columns, how="semi", nulls_equal=True)["index"].to_list()
        return found

    def _is_known(self, texts: tuple[str, ...]) -> bool:
        try:
            values = read_tuple(self._readers, texts)
            return set(values) == {None} or values in self._values
        except Exception:
            return False


def read_tuple(readers: Sequence[Callable[[Any], tuple[Any, Any]]], cells: Sequence[Any]) -> tuple[Any, ...]:
    """The values of cells, None where they are missing or not of their type."""
    return tuple(read(cell)[0] for read, cell in zip(readers, cells, strict=True))
