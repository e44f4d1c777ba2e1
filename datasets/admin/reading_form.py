"""How the file is to be read: encoding, delimiter, header row, sheet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ENCODINGS = [
    ("utf-8", "UTF-8"),
    ("utf-8-sig", "UTF-8 (BOM)"),
    ("utf-16", "UTF-16"),
    ("utf-16-le", "UTF-16 LE"),
    ("utf-16-be", "UTF-16 BE"),
    ("cp1252", "Windows-1252"),
    ("iso8859-1", "ISO 8859-1"),
    ("gb18030", "GB 18030"),
    ("big5", "Big5"),
]
DELIMITERS = [(",", _("comma ,")), (";", _("semicolon ;")), ("\t", _("tab")), ("|", _("bar |"))]
TAB = "tab"


def _with(choices: list[tuple[str, Any]], value: str) -> list[tuple[str, Any]]:
    return choices if not value or value in dict(choices) else [(value, value), *choices]


class ReadingForm(forms.Form):
    """Starts from the version's dialect (or what was detected) and gives the new one in `dialect`."""

    header_row = forms.IntegerField(
        label=_("Header row"), min_value=0, max_value=1000, help_text=_("The row that names the columns; 0 if there is none.")
    )

    def __init__(self, *args: Any, detection: Mapping[str, Any], dialect: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.given = detection.get("kind", "csv"), dict(dialect or detection.get("dialect") or {})
        rows = self.given.get("headerRows") or [1]
        self.fields["header_row"].initial = rows[0] if self.given.get("header", True) else 0
        if self.kind in ("csv", "tsv"):
            encoding = self.given.get("encoding") or detection.get("encoding") or "utf-8"
            delimiter = self.given.get("csv", {}).get("delimiter") or ("\t" if self.kind == "tsv" else ",")
            # A tab does not survive the way through a form, so it travels under a name.
            choices = [(TAB if value == "\t" else value, label) for value, label in DELIMITERS]
            shown = TAB if delimiter == "\t" else delimiter
            self.fields["encoding"] = forms.ChoiceField(label=_("Encoding"), choices=_with(ENCODINGS, encoding), initial=encoding)
            self.fields["delimiter"] = forms.ChoiceField(label=_("Delimiter"), choices=_with(choices, shown), initial=shown)
        sheets = detection.get("sheets") or []
        if self.kind == "xlsx" and sheets:
            chosen = self.given.get("excel", {}).get("sheet") or detection.get("sheet")
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=[(name, name) for name in sheets], initial=chosen)

    @property
    def dialect(self) -> dict[str, Any]:
        """A Frictionless dialect with `kind` and `encoding`, as the validation takes it."""
        data, dialect = self.cleaned_data, {key: value for key, value in self.given.items() if key not in ("header", "headerRows")}
        row = data["header_row"]
        dialect |= {"kind": self.kind, "header": True, "headerRows": [row]} if row else {"kind": self.kind, "header": False}
        if "delimiter" in data:
            delimiter = "\t" if data["delimiter"] == TAB else data["delimiter"]
            dialect |= {"encoding": data["encoding"], "csv": {**self.given.get("csv", {}), "delimiter": delimiter}}
        if "sheet" in data:
            dialect["excel"] = {"sheet": data["sheet"]}
        return dialect
