"""The values that foreign keys may have: read from the tables they refer to, the table itself among them."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from frictionless import FrictionlessException, errors

from datasets.tabular.batches import Batch, ParsersDisagree, batches_of, column_names, csv_batches, regularity
from datasets.tabular.contract import Descriptor, Problem, TabularError
from datasets.tabular.workfile import prepare

from .distinct import ForeignKey, read_tuple
from .opening import OpenTable, open_table

Lookup = dict[str, dict[tuple[str, ...], set[tuple[Any, ...]]]]  # resource -> fields -> the values they have together
References = Mapping[str, tuple[str | os.PathLike[str], Descriptor]]


def referred_values(table: OpenTable, references: References | None) -> Lookup:
    """What frictionless calls the lookup. Raises what frictionless raises where another table is unknown or cannot be opened."""
    lookup: Lookup = {}
    for key in table.schema.foreign_keys:
        name, fields = key["reference"]["resource"], tuple(key["reference"]["fields"])
        found = lookup.setdefault(name, {})
        if fields in found:
            continue
        if name in ("", table.name):
            found[fields] = _values(table, fields)
            continue
        if references is None:
            note = 'package is required for foreign keys to other resources: "{fk}"'  # frictionless forgot to fill it in
            raise FrictionlessException(errors.ResourceError(note=note))
        if name not in references:
            note = f'failed to handle a foreign key for resource "{table.name}" as resource "{name}" does not exist'
            raise FrictionlessException(errors.ResourceError(note=note))
        path, descriptor = references[name]
        with prepare(path, descriptor) as work:
            found[fields] = _values(open_table(work, descriptor, name=name), fields)
    return lookup


def foreign_keys(table: OpenTable, lookup: Lookup) -> Iterator[ForeignKey]:
    """The foreign keys that frictionless looks at: those whose fields are all there."""
    columns = dict(zip((field.name for field in table.fields), column_names(len(table.fields)), strict=True))
    readers = {field.name: field.create_cell_reader() for field in table.fields}
    for key in table.schema.foreign_keys:
        if set(key["fields"]) <= columns.keys():
            values = lookup[key["reference"]["resource"]][tuple(key["reference"]["fields"])]
            yield ForeignKey([columns[name] for name in key["fields"]], [readers[name] for name in key["fields"]], values)


def _values(table: OpenTable, names: Sequence[str]) -> set[tuple[Any, ...]]:
    proof = regularity(table)
    try:
        seen = _texts(batches_of(table, proof), table, names)
    except ParsersDisagree:
        seen = _texts(csv_batches(table), table, names)
    known = {field.name: field.create_cell_reader() for field in table.fields}
    readers = [known.get(name, lambda cell: (None, None)) for name in names]
    try:
        return {values for values in (read_tuple(readers, cells) for cells in seen) if set(values) != {None}}
    except Exception as error:  # frictionless would stop here with a traceback
        raise TabularError(Problem("engine-error", {"reason": f"{table.name}: {error}"})) from error


def _texts(batches: Iterable[Batch], table: OpenTable, names: Sequence[str]) -> set[tuple[str | None, ...]]:
    """The different cells of some fields. A field that the table does not have counts as empty, as in frictionless."""
    position = {field.name: index for index, field in enumerate(table.fields)}
    used = [position.get(name) for name in names]
    columns = [
        (pl.lit(None, dtype=pl.String()) if index is None else pl.col(f"c{index}")).alias(str(number)) for number, index in enumerate(used)
    ]
    seen: set[tuple[str | None, ...]] = set()
    for batch in batches:
        if batch.odd:
            for cells in map(batch.cells, range(batch.frame.height)):
                seen.add(tuple(None if index is None or index >= len(cells) else cells[index] for index in used))
        else:
            seen.update(batch.frame.select(columns).unique().rows())
    return seen
