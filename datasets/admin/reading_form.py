"""How the file is to be read: encoding, delimiter, decimal mark, header rows, sheet."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from datasets.tabular.headers import JOIN, MAX_HEADER_ROWS
from datasets.tabular.workfile import RECORDS, WORKBOOKS

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
DECIMALS = [("", _("as each column seems")), (".", _("point: 1.5")), (",", _("comma: 1,5"))]
TAB = "tab"


def _with(choices: list[tuple[str, Any]], value: str) -> list[tuple[str, Any]]:
    return choices if not value or value in dict(choices) else [(value, value), *choices]


class ReadingForm(forms.Form):
    """Starts from the version's dialect (or what was detected) and gives the new one in `dialect`."""

    def __init__(self, *args: Any, detection: Mapping[str, Any], dialect: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.given = detection.get("kind", "csv"), dict(dialect or detection.get("dialect") or {})
        if self.kind not in RECORDS:
            self._ask_for_header()
        decimal = self.given.get("decimalChar", "")
        self.fields["decimal"] = forms.ChoiceField(label=_("Decimal mark"), choices=DECIMALS, initial=decimal, required=False)
        if self.kind in ("csv", "tsv"):
            encoding = self.given.get("encoding") or detection.get("encoding") or "utf-8"
            delimiter = self.given.get("csv", {}).get("delimiter") or ("\t" if self.kind == "tsv" else ",")
            # A tab does not survive the way through a form, so it travels under a name.
            choices = [(TAB if value == "\t" else value, label) for value, label in DELIMITERS]
            shown = TAB if delimiter == "\t" else delimiter
            self.fields["encoding"] = forms.ChoiceField(label=_("Encoding"), choices=_with(ENCODINGS, encoding), initial=encoding)
            self.fields["delimiter"] = forms.ChoiceField(label=_("Delimiter"), choices=_with(choices, shown), initial=shown)
        sheets = detection.get("sheets") or []
        if self.kind in WORKBOOKS and sheets:
            chosen = self.given.get("excel", {}).get("sheet") or detection.get("sheet")
            self.fields["sheet"] = forms.ChoiceField(label=_("Sheet"), choices=[(name, name) for name in sheets], initial=chosen)

    def _ask_for_header(self) -> None:
        rows = (self.given.get("headerRows") or [1]) if self.given.get("header", True) else [0]
        words = _("The row that names the columns; 0 if there is none.")
        self.fields["header_row"] = forms.IntegerField(label=_("Header row"), min_value=0, max_value=1000, initial=rows[0], help_text=words)
        words = _("2 or more where names stand above names: they are joined, “Population – Women”.")
        height = {"min_value": 1, "max_value": MAX_HEADER_ROWS, "initial": len(rows)}
        self.fields["header_height"] = forms.IntegerField(label=_("Rows of the header"), required=False, help_text=words, **height)

    @property
    def dialect(self) -> dict[str, Any]:
        """A Frictionless dialect with `kind` and `encoding`, as the validation takes it."""
        data, ours = self.cleaned_data, ("header", "headerRows", "headerJoin", "decimalChar")
        dialect = {"kind": self.kind, **{key: value for key, value in self.given.items() if key not in ours}}
        if row := data.get("header_row", 1):
            height = data.get("header_height") or 1
            dialect |= {"header": True, "headerRows": list(range(row, row + height))} | ({"headerJoin": JOIN} if height > 1 else {})
        else:
            dialect["header"] = False
        if data.get("decimal"):
            dialect["decimalChar"] = data["decimal"]
        if "delimiter" in data:
            delimiter = "\t" if data["delimiter"] == TAB else data["delimiter"]
            dialect |= {"encoding": data["encoding"], "csv": {**self.given.get("csv", {}), "delimiter": delimiter}}
        if "sheet" in data:
            dialect["excel"] = {"sheet": data["sheet"]}
        return dialect
