"""The data dictionary: what each column of a table is, in words (Frictionless Table Schema in, sentences out)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .speech import speak

TYPES = {
    "string": gettext_lazy("text"),
    "integer": gettext_lazy("whole number"),
    "number": gettext_lazy("number"),
    "boolean": gettext_lazy("yes or no"),
    "date": gettext_lazy("date"),
    "datetime": gettext_lazy("date and time"),
    "time": gettext_lazy("time of day"),
    "year": gettext_lazy("year"),
    "yearmonth": gettext_lazy("month"),
    "duration": gettext_lazy("duration"),
    "geopoint": gettext_lazy("point on the map"),
    "geojson": gettext_lazy("shape on the map"),
    "object": gettext_lazy("JSON object"),
    "array": gettext_lazy("JSON list"),
    "list": gettext_lazy("list"),
    "any": gettext_lazy("anything"),
}
NUMERIC = frozenset({"integer", "number"})
MANY = 12


@dataclass(frozen=True, slots=True)
class ColumnFact:
    """One column. `label` and `description` may be empty; each has its own language. `rules`: what every cell must fulfil, as phrases."""

    name: str
    type: str
    type_name: str
    label: str
    label_language: str
    description: str
    description_language: str
    rules: Sequence[str]
    choices: Sequence[str]

    @property
    def is_number(self) -> bool:
        return self.type in NUMERIC

    @property
    def table_type(self) -> str:
        """The type of the column in the table, as `datasets.tabular.Column` names it."""
        return {"string": "text", "year": "integer"}.get(self.type, self.type)

    @property
    def title(self) -> str:
        return self.label or self.name


def column_facts(schema: Mapping[str, Any]) -> list[ColumnFact]:
    """The columns of a Table Schema in order; an empty list where there is none."""
    keys = schema.get("primaryKey") or []
    keys = [keys] if isinstance(keys, str) else keys
    return [_fact(field, field.get("name") in keys) for field in schema.get("fields") or [] if field.get("name")]


def _fact(field: Mapping[str, Any], is_key: bool) -> ColumnFact:
    label, label_language = _text(field, "title")
    description, description_language = _text(field, "description")
    constraints = field.get("constraints") or {}
    kind = field.get("type") or "any"
    return ColumnFact(
        name=str(field["name"]),
        type=kind,
        type_name=str(TYPES.get(kind, kind)),
        label=label,
        label_language=label_language,
        description=description,
        description_language=description_language,
        rules=_rules(constraints, is_key),
        choices=[str(value) for value in constraints.get("enum") or []],
    )


def _text(field: Mapping[str, Any], key: str) -> tuple[str, str]:
    text, language = speak(field, f"{key}_translated")
    return (text, language) if text else (str(field.get(key) or ""), language)


def _rules(constraints: Mapping[str, Any], is_key: bool) -> list[str]:
    rules = []
    if is_key:
        rules.append(_("identifies the row"))
    if constraints.get("required"):
        rules.append(_("never empty"))
    if constraints.get("unique"):
        rules.append(_("never twice the same"))
    least, most = constraints.get("minimum"), constraints.get("maximum")
    if least is not None and most is not None:
        rules.append(_("from %(least)s to %(most)s") % {"least": least, "most": most})
    elif least is not None:
        rules.append(_("at least %(least)s") % {"least": least})
    elif most is not None:
        rules.append(_("at most %(most)s") % {"most": most})
    shortest, longest = constraints.get("minLength"), constraints.get("maxLength")
    if shortest is not None:
        rules.append(_("at least %(count)s characters") % {"count": shortest})
    if longest is not None:
        rules.append(_("at most %(count)s characters") % {"count": longest})
    if constraints.get("pattern"):
        rules.append(_("written like %(pattern)s") % {"pattern": constraints["pattern"]})
    if choices := constraints.get("enum"):
        shown = _(", ").join(str(choice) for choice in choices[:MANY]) + ("…" if len(choices) > MANY else "")
        rules.append(_("one of: %(choices)s") % {"choices": shown})
    return rules
