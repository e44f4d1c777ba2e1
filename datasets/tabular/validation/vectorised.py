"""The fast path: find the rows that could be wrong, and let frictionless judge only those."""

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import polars as pl
from frictionless import Checklist

from datasets.tabular.batches import Batch, ParsersDisagree, batches_of, regularity
from datasets.tabular.regularity import Regularity

from .distinct import ForeignKey
from .foreign_keys import Lookup, foreign_keys
from .judging import Record, judge
from .opening import OpenTable
from .rules import Rule, rule_for
from .tally import Tally


class HandOver(Exception):
    """Raised by any part of the fast path; ``reason`` is shown in the report's ``reason``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


Positions = np.ndarray[Any, np.dtype[np.int64]]


class Keys:
    """``groups`` are the columns of each key: the unique ones one by one, the primary key together."""

    def __init__(self, unique: Sequence[str], primary: Sequence[str]) -> None:
        self.groups = list(dict.fromkeys([*((name,) for name in unique), *([tuple(primary)] if primary else [])]))
        self._hashes: list[list[np.ndarray[Any, Any]]] = [[] for _ in self.groups]

    def add(self, frame: pl.DataFrame, position: int) -> None:
        """``frame`` has the key columns of the next rows, which begin at ``position``."""
        for group, hashes in zip(self.groups, self._hashes, strict=True):
            cells = frame.select(group)
            found = cells.hash_rows().to_numpy()
            if any(cells.get_column(name).null_count() for name in group):
                # A key of nothing repeats no other: unique ignores it, and as a primary key it is an error by itself.
                nothing = cells.select(pl.all_horizontal(pl.all().is_null())).to_series().to_numpy()
                own = pl.int_range(position, position + frame.height, eager=True).hash(seed=1).to_numpy()
                found = np.where(nothing, own, found)
            hashes.append(found)

    def repeated(self) -> Positions:
        """The positions of all rows whose key may stand in another row too, in order."""
        found: list[Positions] = [np.empty(0, np.int64)]
        for hashes in self._hashes:
            whole = np.concatenate(hashes) if hashes else np.empty(0, np.uint64)
            hashes.clear()
            ordered = np.sort(whole)
            twice = ordered[1:][ordered[1:] == ordered[:-1]]
            del ordered
            if twice.size:
                found.append(np.flatnonzero(np.isin(whole, np.unique(twice))))
        return np.unique(np.concatenate(found))


# Where most rows are doubtful nothing is won by sorting them out first.
FREELY_JUDGED_ROWS = 20_000
JUDGED_SHARE = 0.7
KEPT_ROWS = 20_000


def judge_vectorised(table: OpenTable, lookup: Lookup, tally: Tally, progress: Callable[[int], None] | None) -> str:
    """Fills the tally and says how the file was read. Raises :class:`HandOver` where only frictionless can judge."""
    _check_supported(table)
    proof = regularity(table)
    try:
        positions, found = _doubtful(table, lookup, batches_of(table, proof), progress)
    except (ParsersDisagree, pl.exceptions.PolarsError, csv.Error) as error:
        if not proof:
            raise HandOver(f"columns cannot hold the cells: {error.__class__.__name__}") from error
        proof = Regularity(0, f"parsers disagree: {error.__class__.__name__}")
        try:
            positions, found = _doubtful(table, lookup, batches_of(table, proof), progress)
        except (pl.exceptions.PolarsError, csv.Error) as again:
            raise HandOver(f"columns cannot hold the cells: {again.__class__.__name__}") from again
    resource = table.resource()
    resource.keys = lookup
    kept = [found.records[position] for position in positions.tolist() if position in found.records]
    resource.records = kept if len(kept) == positions.size else _records_at(batches_of(table, proof), positions)
    judge(resource, Checklist(), tally)
    tally.rows = found.rows
    return f"read record by record: {proof.reason}" if not proof else "regular file, scanned by columns"


def _check_supported(table: OpenTable) -> None:
    if table.empty:
        raise HandOver("an empty table")
    if table.schema.primary_key and not table.work.dialect.get("headerCase", True):
        raise HandOver("a primary key without regard to case")
    if len({item.name for item in table.fields}) != len(table.fields) or not table.fields:
        raise HandOver("columns without names of their own")


@dataclass(slots=True)
class _Filter:
    """What is known while the batches go by. Positions count the records from 0, whatever their numbers."""

    rules: list[Rule]
    keyed: list[int]
    keys: Keys
    foreign: list[ForeignKey]
    readers: list[Any]
    doubtful: list[Positions] = field(default_factory=list)
    records: dict[int, Record] = field(default_factory=dict)
    doubtful_rows: int = 0
    rows: int = 0

    def take(self, batch: Batch, judged: pl.DataFrame) -> None:
        verdict = judged["clean"].to_numpy()
        found = set(np.flatnonzero(~verdict).tolist()) | batch.odd.keys()
        if self.keyed:
            self.keys.add(self._keys(batch, judged, sorted(found)), self.rows)
        for foreign in self.foreign:
            found |= set(foreign.broken(batch.frame))
        wrong = sorted(found)
        self.doubtful.append(np.array(wrong, np.int64) + self.rows)
        if len(self.records) + len(wrong) <= KEPT_ROWS:
            self.records |= zip((index + self.rows for index in wrong), _records(batch, wrong), strict=True)
        self.doubtful_rows += len(found)
        self.rows += batch.frame.height
        if self.doubtful_rows > max(FREELY_JUDGED_ROWS, JUDGED_SHARE * self.rows):
            raise HandOver("too many doubtful rows")

    def _keys(self, batch: Batch, judged: pl.DataFrame, doubtful: Sequence[int]) -> pl.DataFrame:
        """The keys of all rows: frictionless reads those of the doubtful ones."""
        columns = []
        rows = [batch.cells(index) for index in doubtful]
        for index in self.keyed:
            column = judged[f"k{index}"]
            if rows:
                read = [self._read(index, cells[index] if index < len(cells) else None) for cells in rows]
                column = column.scatter(doubtful, pl.Series(read, dtype=column.dtype, strict=True))
            columns.append(column.alias(self.rules[index].name))
        return pl.DataFrame(columns)

    def _read(self, index: int, cell: str | None) -> Any:
        try:
            return self.rules[index].key_value(self.readers[index](cell)[0])
        except Exception:  # it cannot be compared: frictionless will say so, for this row is judged in any case
            return None


def _doubtful(
    table: OpenTable, lookup: Lookup, batches: Iterator[Batch], progress: Callable[[int], None] | None
) -> tuple[Positions, _Filter]:
    """The positions of all rows that frictionless has to judge, in order, and what else is known."""
    names = [item.name for item in table.fields]
    unique = [item.name for item in table.fields if item.constraints.get("unique")]
    primary = list(table.schema.primary_key) if set(table.schema.primary_key) <= set(names) else []
    keyed = [index for index, name in enumerate(names) if name in unique or name in primary]
    rules = [rule_for(item, f"c{index}", keyed=index in keyed) for index, item in enumerate(table.fields)]
    readers = [item.create_cell_reader() for item in table.fields]
    found = _Filter(rules, keyed, Keys(unique, primary), list(foreign_keys(table, lookup)), readers)
    clean = pl.all_horizontal(rule.clean for rule in rules) & ~pl.all_horizontal(rule.missing for rule in rules)
    if primary:  # a primary key of nothing is an error
        clean = clean & ~pl.all_horizontal(rules[names.index(name)].missing for name in primary)
    keys = [key.alias(f"k{index}") for index in keyed if (key := rules[index].key) is not None]
    for batch in batches:
        found.take(batch, batch.frame.lazy().select(clean.alias("clean"), *keys).collect())  # lazy: what two rules need is made once
        if progress:
            progress(found.rows)
    return np.union1d(np.concatenate([np.empty(0, np.int64), *found.doubtful]), found.keys.repeated()), found


def _records(batch: Batch, indices: list[int]) -> Iterator[Record]:
    for index, cells in zip(indices, batch.frame[indices].rows(), strict=True):
        yield batch.numbers[index], batch.odd.get(index, list(cells))


def _records_at(batches: Iterator[Batch], positions: Positions) -> Iterator[Record]:
    """The records at these positions, read once more: keeping so many would cost memory."""
    first = 0
    for batch in batches:
        start, stop = np.searchsorted(positions, [first, first + batch.frame.height])
        yield from _records(batch, (positions[start:stop] - first).tolist())
        if stop == positions.size:
            return
        first += batch.frame.height
