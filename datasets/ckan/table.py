"""Tables as the DataStore answers them: PostgreSQL's names for types, values as JSON, records in four forms."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from datasets.api import rows as api_rows
from datasets.api.languages import COLUMNS
from datasets.tabular import Column

TYPES = {
    "text": "text",
    "integer": "int8",
    "number": "float8",
    "boolean": "bool",
    "date": "date",
    "datetime": "timestamp",
    "time": "time",
}
NATIVE = {
    "text": "text",
    "integer": "bigint",
    "number": "double precision",
    "boolean": "boolean",
    "date": "date",
    "datetime": "timestamp without time zone",
    "time": "time without time zone",
}


def field_of(column: Column, schema: dict[str, Any] | None = None) -> dict[str, Any]:
    """`{id, type}`, and `info` (label, notes) where the publisher described the column."""
    found: dict[str, Any] = {"id": column.name, "type": "int" if column.name == "_id" else TYPES.get(column.type, "text")}
    if info := _info((schema or {}).get(column.name, {})):
        found["info"] = info
    return found


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """A Table Schema's fields by name."""
    return {str(field.get("name")): field for field in schema.get("fields", []) if isinstance(field, dict)}


def _info(field: dict[str, Any]) -> dict[str, str]:
    label = _first(field.get("title_translated")) or field.get("title") or ""
    notes = _first(field.get("description_translated")) or field.get("description") or ""
    return {key: value for key, value in (("label", label), ("notes", notes)) if value}


def _first(texts: Any) -> str:
    return next((str(texts[code]) for code in COLUMNS if texts.get(code)), "") if isinstance(texts, dict) else ""


def json_value(value: Any) -> Any:
    """A cell as JSON can carry it: times as text (timestamps with milliseconds), no NaN."""
    return api_rows.json_value(value, "milliseconds")


def records(names: Sequence[str], rows: Sequence[Sequence[Any]], form: str, columns: Sequence[Column]) -> Any:
    """The rows as `objects`, `lists`, or one `csv` or `tsv` text without a header. `columns`: those of the table; what follows is plain."""
    values = [list(row) for row in rows]
    for place, column in enumerate(columns):
        if column.type not in ("text", "integer", "boolean"):
            for row in values:
                row[place] = json_value(row[place])
    if form == "lists":
        return values
    if form in ("csv", "tsv"):
        out = io.StringIO()
        writer = csv.writer(out, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerows([_cell(value) for value in row] for row in values)
        return out.getvalue()
    return [dict(zip(names, row, strict=True)) for row in values]


def _cell(value: Any) -> Any:
    return {None: "", True: "True", False: "False"}.get(value, value) if value is None or isinstance(value, bool) else value
