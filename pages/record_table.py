"""Records as tables: one row each, the same columns in the dataset and in the file that editors exchange in bulk."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from pages.models import Place, Record
from pages.models.place import lines_of

Tabular = Place | Record
LANGUAGES = ("km", "en", "zh_hans")
LINES = ("services", "documents", "sessions")  # a semicolon instead of the end of a line
OTHER_FIELDS = {"geometry": "area"}
OTHER_TITLES = {"state": gettext_noop("state")}


def names_of(model: type[Tabular]) -> list[str]:
    """The columns, in their order."""
    return ["slug", *(f"{name}_{language}" for name in model.texts for language in LANGUAGES), *model.columns, "is_sample"]


def schema_of(model: type[Tabular]) -> dict[str, Any]:
    """The Table Schema, as strict as the model; columns are labelled in three languages with the words of its forms."""
    return {"primaryKey": "slug", "fields": [_column(model, name) for name in names_of(model)]}


def cells(row: Tabular) -> list[Any]:
    """A row as it stands in a CSV file: other records by their address, codes of a list with a space between."""
    return [_cell(name, getattr(row, name)) for name in names_of(type(row))]


def rows_of(model: type[Tabular]) -> Iterator[list[Any]]:
    """Every public record, in the order of the addresses."""
    yield from map(cells, model.public().order_by("slug"))


def _cell(name: str, value: Any) -> Any:
    if isinstance(value, models.Model):
        value = getattr(value, "slug", None) or getattr(value, "name", "")
    elif isinstance(value, bool):
        value = "true" if value else "false"
    elif isinstance(value, list):
        value = " ".join(value)
    elif isinstance(value, dict):
        value = json.dumps(value, separators=(",", ":"))
    elif isinstance(value, str) and name.removesuffix("_zh_hans").removesuffix("_km").removesuffix("_en") in LINES:
        value = "; ".join(lines_of(value))
    return "" if value is None else value


def _column(model: type[Tabular], name: str) -> dict[str, Any]:
    text = next((name.removesuffix(f"_{language}") for language in LANGUAGES if name.endswith(f"_{language}")), "")
    try:
        field: Any = model._meta.get_field(text or OTHER_FIELDS.get(name, name))
    except FieldDoesNotExist:
        field = None
    titles = {}
    for code in ("km", "en", "zh-hans"):
        with override(code):
            title = str(field.verbose_name) if field else _(OTHER_TITLES[name])
            titles[code] = title[:1].upper() + title[1:] + (f" ({name[len(text) + 1 :].partition('_')[0]})" if text else "")
    kind, constraints = _kind(model, name, field)
    if name in ("slug", "is_sample", "kind") or (text and not field.blank and name.endswith("_km")):
        constraints["required"] = True
    column = {"name": name, "type": kind, "title": titles["en"], "title_translated": titles}
    return column | ({"constraints": constraints} if constraints else {})


def _kind(model: type[Tabular], name: str, field: Any) -> tuple[str, dict[str, Any]]:
    """A column's type and what its cells must fulfil."""
    if name == "state":
        return "string", {"enum": list(model.states)}  # type: ignore[attr-defined]
    if isinstance(field, models.SlugField):
        return "string", {"unique": True, "pattern": "[-a-zA-Z0-9_]+"}
    if name == "commune_code":
        return "string", {"pattern": "[0-9]{6}"}
    if field.choices:
        return "string", {"enum": [value for value, _label in field.choices]}
    if isinstance(field, models.DecimalField):
        most = 90 if name == "latitude" else 180
        return "number", {"minimum": -most, "maximum": most}
    if isinstance(field, models.BooleanField):
        return "boolean", {}
    return ("date" if isinstance(field, models.DateField) else "geojson" if name == "geometry" else "string"), {}
