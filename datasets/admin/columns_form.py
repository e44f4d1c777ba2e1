"""What the columns mean: a Table Schema as a form, one part per column."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.error_words import TYPES
from datasets.tabular.findings.contract import CODE, PERSONS

LANGUAGES = [("km", "km", _("Khmer")), ("en", "en", _("English")), ("zh_hans", "zh-hans", _("Chinese"))]
NUMERIC = {"integer": int, "number": float, "year": int}
MOST = 200  # columns shown; those beyond keep what was detected
KEPT_ALWAYS = ("name", "title", "description", "title_translated", "description_translated", "rdfType", "example", "kind")
KINDS = [("", _("nothing special")), (CODE, _("a code of an administrative unit")), (PERSONS, _("a count of people"))]


class ColumnForm(forms.Form):
    """One field of the schema; `field` gives it back, with everything kept that the form does not show."""

    type = forms.ChoiceField(label=_("Type"))
    kind = forms.ChoiceField(label=_("Meaning"), choices=KINDS, required=False)
    required = forms.BooleanField(label=_("Must be filled"), required=False)
    unique = forms.BooleanField(label=_("Each value once"), required=False)
    minimum = forms.CharField(label=_("Lowest value"), required=False)
    maximum = forms.CharField(label=_("Highest value"), required=False)
    pattern = forms.CharField(label=_("Form (regular expression)"), required=False)
    enum = forms.CharField(label=_("Allowed values, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, field: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given = dict(field)
        kind = str(field.get("type", "string"))
        types = [(code, words) for code, words in TYPES.items()]
        self.fields["type"].choices = types if kind in TYPES else [(kind, kind), *types]
        self.fields["type"].initial = kind
        self.fields["kind"].initial = field.get("kind", "")
        constraints = field.get("constraints", {})
        for name in ("required", "unique", "minimum", "maximum", "pattern"):
            self.fields[name].initial = constraints.get(name)
        self.fields["enum"].initial = "\n".join(str(value) for value in constraints.get("enum", []))
        for suffix, language, label in LANGUAGES:
            self.fields[f"title_{suffix}"] = forms.CharField(label=label, required=False, initial=self._text("title", language))
            self.fields[f"description_{suffix}"] = forms.CharField(
                label=label,
                required=False,
                initial=self._text("description", language),
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _text(self, key: str, language: str) -> str:
        return str(self.given.get(f"{key}_translated", {}).get(language) or "")

    @property
    def name(self) -> str:
        return str(self.given.get("name", ""))

    @property
    def titles(self) -> list[forms.BoundField]:
        return [self[f"title_{suffix}"] for suffix, _language, _label in LANGUAGES]

    @property
    def descriptions(self) -> list[forms.BoundField]:
        return [self[f"description_{suffix}"] for suffix, _language, _label in LANGUAGES]

    @property
    def rules(self) -> list[forms.BoundField]:
        return [self[name] for name in ("required", "unique", "minimum", "maximum", "pattern", "enum")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == CODE:
            cleaned["type"] = "string"  # a number would lose its zeros
        number = NUMERIC.get(cleaned.get("type", ""))
        for name in ("minimum", "maximum"):
            value = (cleaned.get(name) or "").strip()
            if value and number:
                try:
                    cleaned[name] = number(value)
                except ValueError:
                    self.add_error(name, _("Give a number."))
        try:
            re.compile(cleaned.get("pattern") or "")
        except re.error:
            self.add_error("pattern", _("This is not a regular expression."))
        return cleaned

    @property
    def field(self) -> dict[str, Any]:
        """The Table Schema field as the form says it."""
        data = self.cleaned_data
        same = data["type"] == self.given.get("type", "string")
        field = dict(self.given) if same else {key: value for key, value in self.given.items() if key in KEPT_ALWAYS}
        field["type"] = data["type"]
        field.pop("kind", None)
        if data["kind"]:
            field["kind"] = data["kind"]
        for key in ("title", "description"):
            texts = {language: data[f"{key}_{suffix}"].strip() for suffix, language, _label in LANGUAGES}
            field.pop(f"{key}_translated", None)
            if filled := {language: text for language, text in texts.items() if text}:
                field[f"{key}_translated"] = filled
        shown = ("required", "unique", "minimum", "maximum", "pattern", "enum")
        rules = {key: value for key, value in self.given.get("constraints", {}).items() if key not in shown} if same else {}
        rules |= {name: data[name] for name in shown[:-1] if data[name] not in ("", None, False)}
        if values := [line.strip() for line in data["enum"].splitlines() if line.strip()]:
            rules["enum"] = values
        field.pop("constraints", None)
        if rules:
            field["constraints"] = rules
        return field


class MissingValuesForm(forms.Form):
    """Which cells mean "nothing"."""

    missing = forms.CharField(
        label=_("Missing values"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Words that stand for a missing value, one a line, like n/a or -. An empty cell always does."),
    )


class ColumnsForm:
    """The whole schema: a part per column and the missing values."""

    def __init__(self, schema: Mapping[str, Any], data: Any = None) -> None:
        self.schema = dict(schema)
        fields = list(schema.get("fields", []))
        self.columns = [ColumnForm(data, field=field, prefix=f"column-{number}") for number, field in enumerate(fields[:MOST])]
        self.rest = fields[MOST:]
        words = [value for value in schema.get("missingValues", []) if value]
        self.missing = MissingValuesForm(data, prefix="schema", initial={"missing": "\n".join(words)})

    def is_valid(self) -> bool:
        return all([*[column.is_valid() for column in self.columns], self.missing.is_valid()])

    @property
    def result(self) -> dict[str, Any]:
        """The Table Schema as the form says it."""
        schema = {**self.schema, "fields": [*[column.field for column in self.columns], *self.rest]}
        words = [line.strip() for line in self.missing.cleaned_data["missing"].splitlines() if line.strip()]
        schema.pop("missingValues", None)
        if words:
            schema["missingValues"] = ["", *dict.fromkeys(words)]
        return schema
