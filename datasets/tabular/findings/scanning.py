"""The whole file, looked through once in batches; of each column only the distinct cells that could matter are read by Python."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

import polars as pl

from datasets.tabular.batches import Batch, ParsersDisagree, batches_of, csv_batches, regularity
from datasets.tabular.contract import Descriptor
from datasets.tabular.crosswalk import Crosswalk
from datasets.tabular.readings import missing_values
from datasets.tabular.validation.opening import OpenTable, open_table, read_records
from datasets.tabular.workfile import prepare

from . import people
from .cells import Found
from .columns import Column, column_of, is_person_count, says
from .contract import CODE, SHOWN, Finding, Findings

DECIDING_ROWS = 2_000
REMEMBERED = 100_000  # recognised cells kept per column


def find(path: str | os.PathLike[str], descriptor: Descriptor, crosswalk: Crosswalk | None = None) -> Findings:
    """What was found in each column, most cells first within a column. Raises TabularError and frictionless's errors as validation does."""
    with opened(path, descriptor) as table:
        proof = regularity(table)
        try:
            return _find(table, batches_of(table, proof), crosswalk)
        except (ParsersDisagree, pl.exceptions.PolarsError):
            return _find(table, csv_batches(table), crosswalk)


@contextmanager
def opened(path: str | os.PathLike[str], descriptor: Descriptor) -> Iterator[OpenTable]:
    with prepare(path, descriptor) as work:
        yield open_table(work, descriptor)


def columns_of(table: OpenTable, crosswalk: Crosswalk | None) -> list[Column]:
    """What to look for in each column of an open table; its first rows decide where the schema does not."""
    rows = list(islice(read_records(table.work), table.first_row - 1, table.first_row - 1 + DECIDING_ROWS))
    return [
        column_of(
            field.to_descriptor(),
            field.create_cell_reader(),
            missing_values(field),
            [row[index] for row in rows if index < len(row)],
            crosswalk,
        )
        for index, field in enumerate(table.fields)
    ]


def _find(table: OpenTable, batches: Iterator[Batch], crosswalk: Crosswalk | None) -> Findings:
    columns = columns_of(table, crosswalk)
    found: dict[tuple[str, str], Finding] = {}
    seen: list[dict[str, Found | None]] = [{} for _ in columns]
    patterns = [_personal(field.to_descriptor()) for field in table.fields]
    codes: dict[str, set[str]] = {}
    for batch in batches:
        for index, column in enumerate(columns):
            cells = batch.frame[:, index]
            values = cells.unique()
            if column.fit is not None:
                codes.setdefault(column.name, set()).update(values.to_list())
            suspects = column.suspects(values).to_list()
            hits = {cell: kind for cell in suspects if (kind := recall(seen[index], column, cell)) is not None}
            _count(found, column.name, cells, hits, batch.numbers)
            _count_people(found, column.name, cells, values, patterns[index], batch.numbers)
    _names(found, table)
    editions = {}
    for column in columns:
        if column.fit is not None and crosswalk is not None:
            known = codes[column.name] & crosswalk.known(column.fit.edition)
            editions[column.name] = {"edition": column.fit.edition, "known": len(known), "unknown": len(codes[column.name] - known - {""})}
    order = {field.name: index for index, field in enumerate(table.fields)}
    shown = sorted((one for one in found.values() if one.count), key=lambda one: (order[one.column], -one.count))
    return Findings(shown, editions)


def recall(seen: dict[str, Found | None], column: Column, cell: str) -> Found | None:
    if cell not in seen:
        if len(seen) >= REMEMBERED:
            seen.clear()
        seen[cell] = column.recognise(cell)
    return seen[cell]


def _count(found: dict[tuple[str, str], Finding], name: str, cells: pl.Series, hits: Mapping[str, Found], numbers: Sequence[int]) -> None:
    for kind in dict.fromkeys(kind for kind, _ in hits.values()):
        one = found.setdefault((name, kind), Finding(name, kind))
        places = cells.is_in([cell for cell, hit in hits.items() if hit[0] == kind]).arg_true()
        one.count += len(places)
        for place in places.head(SHOWN - len(one.examples)):
            cell = str(cells[place])
            one.examples.append((numbers[place], cell[:200], hits[cell][1]))


def _personal(field: Mapping[str, Any]) -> dict[str, Any]:
    """Which kinds are looked for in a column: kind -> regular expression, or the cells themselves."""
    if field.get("kind") == CODE or field.get("type") in ("geojson", "geopoint", "date", "datetime", "boolean", "object"):
        return {}
    numeric = field.get("type") in ("integer", "number", "year")
    wanted: dict[str, Any] = {} if numeric else {"email": people.EMAIL, "phone": people.PHONE, "names": people.TITLES}
    if says(field, people.PHONE_LABEL):
        wanted["phone"] = rf"{people.PHONE}|^\s*[1-9][0-9]{{7,8}}\s*$"  # in a column of numbers the zero is lost
    if says(field, people.ID_LABEL):
        wanted["identity-number"] = rf"{people.NATIONAL_ID}|{people.PASSPORT}"
    if says(field, people.PERSON_LABEL):
        wanted["names"] = r"\p{L}"
    elif says(field, people.NAME_LABEL):
        wanted["named"] = r"\p{L}"
    if is_person_count(field):
        wanted["small-count"] = people.SMALL
    return wanted


def _count_people(
    found: dict[tuple[str, str], Finding], name: str, cells: pl.Series, values: pl.Series, wanted: Mapping[str, Any], numbers: Sequence[int]
) -> None:
    for kind, pattern in wanted.items():
        hits = values.filter(values.str.contains(pattern) if isinstance(pattern, str) else values.str.strip_chars().is_in(list(pattern)))
        if not len(hits):
            continue
        places = cells.is_in(hits.implode()).arg_true()
        one = found.setdefault((name, kind), Finding(name, kind))
        one.count += len(places)
        for place in places.head(SHOWN - len(one.examples)):
            text = "< 5" if kind == "small-count" else people.masked(str(cells[place]))
            one.examples.append((numbers[place], text, None))


def _names(found: dict[tuple[str, str], Finding], table: OpenTable) -> None:
    """Names hold a file only beside what leads to the person: a phone number, an e-mail or identity number, or a position.

    A column called just "name" may name villages: it counts beside the numbers of people only.
    """
    contacts = any(kind in ("phone", "email", "identity-number") for _, kind in found)
    place = any(
        says(descriptor, people.PLACE_LABEL) or field.type == "geopoint" for field in table.fields for descriptor in [field.to_descriptor()]
    )
    for name, kind in list(found):
        if kind == "named":
            one = found.pop((name, kind))
            if contacts and (name, "names") not in found:
                found[name, "names"] = Finding(name, "names", one.count, one.examples)
        elif kind == "names" and not (contacts or place):
            del found[name, kind]
