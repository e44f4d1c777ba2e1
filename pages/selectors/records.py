"""The public records of one register: narrowed, in order, by initiative and by place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _

from pages.models import RECORDS, Place, Record
from pages.models.place import Spoken
from search.form_errors import unlisted


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list can be narrowed by: `choices` are (value, words) that some record has."""

    name: str
    label: str
    asked: str
    choices: list[tuple[str, str]]
    model: type[Record]


def in_order(model: type[Record], **conditions: Any) -> list[Any]:
    """The public records, what comes next first."""
    return sorted(model.public().filter(**conditions), key=lambda row: row.rank)


def narrowed(model: type[Record], asked: Mapping[str, str]) -> tuple[list[Any], list[Filter]]:
    """The records that have every value asked for, and the filters with their choices."""
    every = in_order(model)
    filters = []
    for name in model.filters:
        values = sorted({value for row in every for value in _values(row, name)})
        choices = [(value, words_of(model, name, value)) for value in values]
        filters.append(Filter(name, _label(model, name), asked.get(name, ""), choices, model))
    found = [row for row in every if all(not one.asked or one.asked in _values(row, one.name) for one in filters)]
    return found, filters


def of_initiative(number: str) -> dict[str, list[Any]]:
    """Register -> its records of one initiative; of what is over only the commitments stay."""
    return _still_on(RECORDS, initiative=number)


def at_place(place: Place) -> dict[str, list[Any]]:
    """What is still to come at a place (`events`), and whom to ask there (`ambassadors`)."""
    return _still_on(("events", "ambassadors"), place=place)


def _still_on(registers: Iterable[str], **conditions: Any) -> dict[str, list[Any]]:
    found = {name: in_order(RECORDS[name], **conditions) for name in registers}
    return {name: [row for row in rows if name == "commitments" or row.state not in ("over", "closed")] for name, rows in found.items()}


def _values(row: Record, name: str) -> list[str]:
    value = getattr(row, name)
    return list(value) if isinstance(value, list) else ["true"] * value if isinstance(value, bool) else [str(value)] if value else []


def known_values(model: type[Record], name: str) -> set[str]:
    """Every value that makes sense, whether a record has it now or not; none where anything may be asked."""
    if name == "state":
        return set(model.states)
    if name == "languages":
        return set(Spoken.values)
    if name.startswith("is_"):
        return {"true"}
    field = model._meta.get_field(name)
    return {str(value) for value, _label in getattr(field, "choices", None) or ()}


def unlisted_in(filters: list[Filter]) -> dict[str, str]:
    """Which filters were asked for a value that there cannot be, in words. An initiative that has no record yet is no mistake."""
    narrow = [(one, known) for one in filters if (known := known_values(one.model, one.name))]
    return unlisted({one.name: one.asked for one, _known in narrow}, {one.name: known for one, known in narrow})


def words_of(model: type[Record], name: str, value: str) -> str:
    """A value of a filter in the active language."""
    if name == "state":
        return str(model.states[value][0])
    if name == "languages":
        return str(Spoken(value).label)
    if value == "true":
        return _("yes")
    return str(dict(model._meta.get_field(name).choices or ()).get(value, value))


def _label(model: type[Record], name: str) -> str:
    try:
        label = str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        label = _("state")
    return label[:1].upper() + label[1:]
