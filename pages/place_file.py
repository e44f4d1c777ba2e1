"""A file of places, read: checked by the same engine as any table, compared with what is there, before anything is written."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from datasets.error_words import in_words, problem_in_words
from datasets.models import DataFile
from datasets.tabular import TabularError, detect, read_page, validate, write_parquet
from pages.models import Place
from pages.models.place import lines_of
from pages.record_table import cells, names_of, schema_of

MOST = 5_000
SHOWN = 100
LISTS = ("access", "languages")


@dataclass(frozen=True, slots=True)
class Change:
    """What a row of the file does to a place: `fields` are (label, before, after); a new place has all of its own."""

    row: int
    place: Place
    is_new: bool
    fields: Sequence[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class PlaceFile:
    """`errors` in words, each with its row (0: the whole file): with any, nothing is written. `same`: rows that change nothing."""

    changes: Sequence[Change] = ()
    same: int = 0
    errors: Sequence[tuple[int, str]] = field(default_factory=list)


def read_places(data_file: DataFile, filename: str) -> PlaceFile:
    """What the file would do. Columns that it has not stay as they are, and so do places that it does not name."""
    path = data_file.absolute_path
    found = detect(path, filename=filename)
    if not found.is_table:
        words = problem_in_words(found.refusal.to_dict()) if found.refusal else _("This is no table.")
        return PlaceFile(errors=[(0, words)])
    columns = {column["name"]: column for column in schema_of(Place)["fields"]}
    required = [name for name, column in columns.items() if column.get("constraints", {}).get("required")]
    errors = [
        (1, _("There is no column “%(name)s” in the table of places.") % {"name": name}) for name in found.labels if name not in columns
    ]
    errors += [(1, _("The column “%(name)s” is missing.") % {"name": name}) for name in required if name not in found.labels]
    if errors:
        return PlaceFile(errors=errors)
    descriptor = {"dialect": dict(found.dialect), "schema": {"fields": [columns[name] for name in found.labels], "primaryKey": ["slug"]}}
    try:
        report = validate(path, descriptor, filename=filename, limit_errors=SHOWN)
        if report.problem or report.rows > MOST:
            too_many = _("A file of places has at most %(most)d rows.") % {"most": MOST}
            return PlaceFile(errors=[(0, problem_in_words(report.problem.to_dict()) if report.problem else too_many)])
        if not report.valid:
            return PlaceFile(errors=[_said(error) for error in report.errors])
        with tempfile.TemporaryDirectory(prefix="tabular-") as folder:
            table = Path(folder) / "places.parquet"
            write_parquet(path, descriptor, table)
            rows = list(_rows(table, list(found.labels)))
    except TabularError as error:
        return PlaceFile(errors=[(0, problem_in_words(error.problem.to_dict()))])
    return _compared(rows, int(found.header_row or 1))


def _said(error: Mapping[str, Any]) -> tuple[int, str]:
    words, label = in_words(error), error.get("fieldName") or ""
    return words.row or 0, " ".join(filter(None, (f"{label}:" if label else "", words.what, words.expected)))


def _rows(table: Path, names: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for offset in range(0, MOST, 1000):
        page = read_page(table, columns=["_id", *names], offset=offset, limit=1000)
        for number, *values in page.rows:
            yield number, dict(zip(names, values, strict=True))


def _compared(rows: Sequence[tuple[int, Mapping[str, Any]]], header: int) -> PlaceFile:
    known = {place.slug: place for place in Place.objects.all()}
    changes, errors, same = [], [], 0
    for number, values in rows:
        place = known.get(values["slug"]) or Place(slug=values["slug"])
        before = dict(zip(names_of(Place), map(str, cells(place)), strict=True))
        try:
            fill(place, values)
            place.full_clean(validate_unique=False)
        except ValidationError as error:
            errors += [(number + header, f"{name}: {' '.join(words)}") for name, words in error.message_dict.items()]
            continue
        after = dict(zip(names_of(Place), map(str, cells(place)), strict=True))
        differing = [(name, before[name], after[name]) for name in values if before[name] != after[name]]
        if place.pk and not differing:
            same += 1
        else:
            changes.append(Change(number + header, place, not place.pk, differing))
    return PlaceFile(changes, same, errors)


def fill(place: Place, values: Mapping[str, Any]) -> None:
    """The cells of a row, put into the place."""
    for name, value in values.items():
        if name in LISTS:
            value = str(value or "").split()
        elif name in ("latitude", "longitude"):
            value = None if value in (None, "") else round(Decimal(str(value)), 6)
        elif name.startswith("services"):
            value = "\n".join(lines_of(value))
        elif name == "is_sample":
            value = value in (True, "true")
        setattr(place, name, "" if value is None and name not in ("latitude", "longitude") else value)
