"""The fast path: find the rows that could be wrong, replay only those through frictionless's own ``Row``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import polars as pl
from frictionless import errors
from frictionless.table.row import Row, create_cell_handlers

from datasets.tabular.batches import Batch, ParsersDisagree, column_names, csv_batches, polars_batches, regularity

from .keys import Repeats, find_repeats
from .opening import OpenTable, read_records
from .rules import Rule, key_value, rule_for
from .tally import Tally
from .unsupported import HandOver

# Replaying a row costs as much as frictionless takes for it: beyond these there is nothing to win, only memory to lose.
FREELY_REPLAYED_ROWS = 20_000
REPLAYED_SHARE = 0.2
MOST_REPLAYED_ROWS = 300_000


def judge_vectorised(table: OpenTable, tally: Tally, progress: Callable[[int], None] | None) -> str:
    """Fills the tally and says how the file was read. Raises :class:`HandOver` where only frictionless can judge."""
    _check_supported(table)
    proof = regularity(table)
    if proof:
        try:
            _judge(table, tally, polars_batches(table, proof.records), progress)
            return "regular file, scanned by columns"
        except (ParsersDisagree, pl.exceptions.PolarsError) as error:
            proof = type(proof)(0, f"parsers disagree: {error.__class__.__name__}")
    try:
        _judge(table, tally, csv_batches(table), progress)
    except pl.exceptions.PolarsError as error:
        raise HandOver(f"columns cannot hold the cells: {error.__class__.__name__}") from error
    return f"read record by record: {proof.reason}"


def _check_supported(table: OpenTable) -> None:
    dialect = table.work.dialect
    if table.empty:
        raise HandOver("an empty table")
    if table.schema.foreign_keys:
        raise HandOver("foreign keys")
    if dialect.get("commentChar") or dialect.get("commentRows") or dialect.get("skipBlankRows"):
        raise HandOver("rows to be skipped")
    if table.schema.primary_key and not dialect.get("headerCase", True):
        raise HandOver("a primary key without regard to case")
    if len({item.name for item in table.fields}) != len(table.fields) or not table.fields:
        raise HandOver("columns without names of their own")


@dataclass(slots=True)
class _Judgement:
    """What is known while the batches go by: suspicious rows, and the keys of all."""

    table: OpenTable
    unique: list[str]
    primary: list[str]
    keyed: list[str]
    rules: list[Rule]
    handlers: Any
    suspicious: dict[int, list[str]] = field(default_factory=dict)
    keys: list[pl.DataFrame] = field(default_factory=list)
    rows: int = 0

    def row(self, number: int) -> Any:
        """frictionless's row of a suspicious record, unread: the order in which its cells are read is the order of its errors."""
        return Row(list(self.suspicious[number]), handlers=self.handlers, row_number=number)


def _judge(table: OpenTable, tally: Tally, batches: Iterator[Batch], progress: Callable[[int], None] | None) -> None:
    names = [item.name for item in table.fields]
    unique = [item.name for item in table.fields if item.constraints.get("unique")]
    primary = list(table.schema.primary_key) if set(table.schema.primary_key) <= set(names) else []
    keyed = list(dict.fromkeys(unique + primary))
    rules = [rule_for(item, column, keyed=item.name in keyed) for item, column in zip(table.fields, column_names(len(names)), strict=True)]
    found = _Judgement(table, unique, primary, keyed, rules, create_cell_handlers(table.fields))
    clean = pl.all_horizontal(rule.clean for rule in rules) & ~pl.all_horizontal(rule.missing for rule in rules)
    keys = [rule.key.alias(f"k{index}") for index, rule in enumerate(_keyed(found)) if rule.key is not None]
    for batch in batches:
        _take(found, batch, batch.frame.select(clean.alias("clean"), *keys))
        if progress:
            progress(found.rows)
    repeats = _repeats(found)
    _fetch(found, repeats.rows())
    for error in table.header_errors:
        tally.add(error)
    tally.rows = found.rows
    for number in sorted(found.suspicious):
        tally.add_all(_replay(found, number, repeats))


def _keyed(found: _Judgement) -> list[Rule]:
    by_name = {rule.name: rule for rule in found.rules}
    return [by_name[name] for name in found.keyed]


def _take(found: _Judgement, batch: Batch, judged: pl.DataFrame) -> None:
    verdict = judged["clean"]
    doubtful = set(batch.odd) if verdict.all() else set((~verdict).arg_true().to_list()) | set(batch.odd)
    indices = sorted(doubtful)
    for index in indices:
        found.suspicious[batch.first_row + index] = batch.cells(index)
    found.rows += batch.frame.height
    limit = max(FREELY_REPLAYED_ROWS, REPLAYED_SHARE * found.rows)
    if len(found.suspicious) > min(limit, MOST_REPLAYED_ROWS):
        raise HandOver("too many doubtful rows")
    if found.keyed:
        columns = []
        rows = [found.row(batch.first_row + index) for index in indices]
        for position, name in enumerate(found.keyed):
            column = judged[f"k{position}"]
            if indices:
                read = [key_value(row[name], column.dtype) for row in rows]
                column = column.scatter(indices, pl.Series(read, dtype=column.dtype, strict=True))
            columns.append(column)
        found.keys.append(pl.DataFrame(columns))


def _repeats(found: _Judgement) -> Repeats:
    position = {name: f"k{index}" for index, name in enumerate(found.keyed)}
    repeats = find_repeats(
        found.keys, [position[name] for name in found.unique], [position[name] for name in found.primary], found.table.first_row
    )
    found.keys.clear()
    return Repeats({name: repeats.unique.get(position[name], {}) for name in found.unique}, repeats.primary, repeats.empty)


def _fetch(found: _Judgement, rows: set[int]) -> None:
    """Clean rows that only break a key are read again: their cells were not kept."""
    wanted = rows - set(found.suspicious)
    if len(wanted) > MOST_REPLAYED_ROWS:
        raise HandOver("too many repeated keys")
    if wanted:
        last = max(wanted)
        for number, cells in zip(count(1), read_records(found.table.work), strict=False):
            if number in wanted:
                found.suspicious[number] = cells
            if number >= last:
                break


def _replay(found: _Judgement, number: int, repeats: Repeats) -> list[Any]:
    """The row's errors in frictionless's order: it reads key cells first, then the others, then adds the key errors."""
    row = found.row(number)
    for name in found.unique:
        if row[name] is not None and number in repeats.unique[name]:
            note = f"the same as in the row at position {repeats.unique[name][number]}"
            row.errors.append(errors.UniqueError.from_row(row, note=note, field_name=name))
    for name in found.primary:
        row[name]
    if number in repeats.empty:
        row.errors.append(errors.PrimaryKeyError.from_row(row, note='cells composing the primary keys are all "None"'))
    elif number in repeats.primary:
        note = f"the same as in the row at position {repeats.primary[number]}"
        row.errors.append(errors.PrimaryKeyError.from_row(row, note=note))
    return list(row.errors)
