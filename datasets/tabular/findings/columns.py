"""What a column is, and so what is looked for in its cells."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from datasets.tabular.crosswalk import Crosswalk, Fit
from datasets.tabular.inference import CODE_NAME as CODE_LABEL
from datasets.tabular.inference import MOST

from . import cells, people
from .cells import Found
from .contract import CODE, PERSONS

_PLAIN_NUMBER = r"^(?:-?[0-9]+(?:\.[0-9]+)?)?$"
_PLAIN_DAY = r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `recognise` a cell, and the cells worth asking about (`known` or, by regular expression, `plain` are the others).

    `fit` tells the edition of a column of codes.
    """

    name: str
    recognise: Callable[[str], Found | None]
    plain: str = ""
    known: pl.Series | None = None
    fit: Fit | None = None

    def suspects(self, values: pl.Series) -> pl.Series:
        """Those of distinct `values` that `recognise` has to see."""
        if self.known is not None:
            return values.filter(~values.is_in(self.known.implode()) & (values.str.strip_chars() != ""))
        return values.filter(~values.str.contains(self.plain) if self.plain else values.str.contains(cells.MAYBE_NO_DATA))


def labels_of(field: Mapping[str, Any]) -> list[str]:
    """The name and titles of a field, in small letters; descriptions mention too much."""
    texts = [field.get("name"), field.get("title"), *(field.get("title_translated") or {}).values()]
    return [str(text).lower() for text in texts if text]


def says(field: Mapping[str, Any], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(label) for label in labels_of(field))


def is_person_count(field: Mapping[str, Any]) -> bool:
    """Declared as a count of persons, or a column of numbers that looks like one."""
    numeric = field.get("type") in ("integer", "number")
    return field.get("kind") == PERSONS or (numeric and any(people.counts_people(label) for label in labels_of(field)))


def suggest_kinds(schema: Mapping[str, Any], rows: Sequence[Sequence[str]], crosswalk: Crosswalk) -> dict[str, Any]:
    """The schema in which fields that look like codes of units or counts of persons say so.

    Codes: 4 in 5 of the cells of `rows` are one or can be mended to one; the column is text then, for zeros count.
    Fields that have a `kind` already stay as they are.
    """
    fields = []
    for index, field in enumerate(schema.get("fields", [])):
        given = {row[index] for row in rows if index < len(row) and row[index].strip()}
        long = sum(len(cells.tidy(cell)) >= 4 for cell in given)
        hits = sum((found := cells.code(cell, crosswalk.codes)) is None or found[1] is not None for cell in given)
        alike = bool(given) and hits >= MOST * len(given) and (says(field, CODE_LABEL) or (len(given) >= 5 and long >= MOST * len(given)))
        if "kind" in field or field.get("type") not in ("string", "integer", "number", None):
            fields.append(dict(field))
        elif alike:
            fields.append({key: field[key] for key in field if key not in ("groupChar", "decimalChar")} | {"type": "string", "kind": CODE})
        else:
            fields.append(dict(field) | ({"kind": PERSONS} if is_person_count(field) else {}))
    return {**schema, "fields": fields}


def column_of(
    field: Mapping[str, Any], read: Callable[[Any], Any], missing: Iterable[str], first: Sequence[str], crosswalk: Crosswalk | None
) -> Column:
    """What to look for in a column. `read` is frictionless's reader of its cells, `first` its first cells.

    Where the schema does not say what a column is, most of the first cells do.
    """
    name, type_ = str(field.get("name")), str(field.get("type", "string"))
    nothing = frozenset(missing)
    sample = [cell for cell in dict.fromkeys(first) if cell.strip() and not cells.no_data(cell)]

    def with_no_data(recognise: Callable[[str], Found | None]) -> Callable[[str], Found | None]:
        return lambda cell: None if cell in nothing else cells.no_data(cell) or recognise(cell)

    if field.get("kind") == CODE and crosswalk is not None:
        codes = crosswalk.codes
        mended = ((cells.code(cell, codes) or ("", cell))[1] or "" for cell in sample)
        fit = crosswalk.edition_of(mended)
        inside = crosswalk.known(fit.edition)

        def of_edition(cell: str) -> Found | None:
            return ("other-edition", None) if cell in codes and cell not in inside else cells.code(cell, codes)

        return Column(name, with_no_data(of_edition), known=pl.Series(sorted(inside), dtype=pl.String), fit=fit)
    if type_ in ("date", "datetime") or (type_ == "string" and _mostly(sample, lambda cell: cells.day(cell) is not None)):
        return Column(name, with_no_data(_days(field, read, sample)), plain=_PLAIN_DAY)
    money = type_ == "string" and any(map(cells.currency_of, sample)) and _mostly(sample, lambda cell: cells.amount(cell) is not None)
    if type_ in ("integer", "number") or money:
        return Column(name, with_no_data(_amounts(field, read, sample)), plain=_PLAIN_NUMBER)
    numbers = type_ == "string" and any(map(cells.khmer_digits, sample)) and _mostly(sample, lambda cell: cells.amount(cell) is not None)
    if type_ == "year" or numbers:
        return Column(name, with_no_data(cells.khmer_digits), plain=_PLAIN_NUMBER)
    return Column(name, with_no_data(lambda cell: None))


def _mostly(sample: Sequence[str], holds: Callable[[str], bool]) -> bool:
    return bool(sample) and sum(map(holds, sample)) >= MOST * len(sample)


def _accepted(field: Mapping[str, Any], read: Callable[[Any], Any]) -> Callable[[str], bool]:
    """Whether a cell is of the column's type as described; nothing is of a type in a column of text."""
    return lambda cell: field.get("type", "string") != "string" and "type" not in (read(cell)[1] or {})


def _days(field: Mapping[str, Any], read: Callable[[Any], Any], sample: Sequence[str]) -> Callable[[str], Found | None]:
    accepted, form = _accepted(field, read), str(field.get("format") or "default")
    # The day comes first, as Cambodia writes it, unless some cell can only be read the other way and none only this way.
    parts = [match for cell in sample if (match := cells.NUMERIC_DATE.fullmatch(cells.tidy(cell)))]
    month_first = any(int(part[3]) > 12 for part in parts) and not any(int(part[1]) > 12 for part in parts)

    def recognise(cell: str) -> Found | None:
        if accepted(cell):
            return cells.khmer_digits(cell)
        found = cells.day(cell, month_first=month_first, serials=True)
        if found is None:
            return None
        kind, day = found
        text = day.strftime(form) if form not in ("default", "any") else day.isoformat() + "T00:00:00" * (field.get("type") == "datetime")
        return (kind, text) if text != cell else None

    return recognise


def _amounts(field: Mapping[str, Any], read: Callable[[Any], Any], sample: Sequence[str]) -> Callable[[str], Found | None]:
    accepted = _accepted(field, read)
    currencies = Counter(found for cell in sample if (found := cells.currency_of(cell)))
    usual = currencies.most_common(1)[0][0] if currencies else None

    def recognise(cell: str) -> Found | None:
        if accepted(cell):
            return cells.khmer_digits(cell)
        value = cells.amount(cell)
        if value is None:
            return None
        if (cells.currency_of(cell) or usual) != usual:
            return "mixed-currencies", None  # without its sign the amount would be another one
        text = str(value).replace(".", str(field.get("decimalChar") or "."))
        return ("amount", text) if text != cell and (field.get("type", "string") == "string" or accepted(text)) else None

    return recognise
