"""Proposes a Frictionless type for each column. Cautious: what could be a code stays text, what is unsure stays text."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from .contract import Problem

MISSING_TOKENS = (
    "NA",
    "N/A",
    "n/a",
    "#N/A",
    "NaN",
    "nan",
    "NULL",
    "null",
    "None",
    "-",
    "--",
    "–",
    "—",
    "…",
    "...",
    "Not found",
    "មិនមាន",
    "គ្មាន",
)
CODE_NAME = re.compile(
    r"(^|[\s_.\-])(code|codes|pcode|postcode|zip|phone|telephone|tel|mobile|fax|gis_?id|ncdd|iso\d*)($|[\s_.\-\d])|លេខកូដ|កូដ|ទូរស័ព្ទ|编码|代码|电话",
    re.IGNORECASE,
)
_YEAR_NAME = re.compile(r"(^|[\s_.\-])year($|[\s_.\-])|ឆ្នាំ|年", re.IGNORECASE)
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_LEADING_ZERO = re.compile(r"-?0[0-9]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_DECIMAL_COMMA = re.compile(r"-?(0|[1-9][0-9]*)(,[0-9]+)?")
_GROUPED = re.compile(r"-?([1-9][0-9]{0,2}(,[0-9]{3})+|0|[1-9][0-9]{0,2})(\.[0-9]+)?")
_GROUPED_DOT = re.compile(r"-?([1-9][0-9]{0,2}(\.[0-9]{3})+|0|[1-9][0-9]{0,2})(,[0-9]+)?")
MOST = 0.8  # of the cells say what a column is, where some are otherwise
KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_KHMER_NUMBER = re.compile(r"-?[0-9]*[០-៩][0-9០-៩.,]*")
_BOOLEANS = {"true", "True", "TRUE", "false", "False", "FALSE"}
_DATETIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]")
_YEAR = re.compile(r"(1[6-9]|20|25)[0-9]{2}")
_DATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("default", re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")),
    ("%Y/%m/%d", re.compile(r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})")),
    # Cambodia writes the day first: it wins where both orders are possible.
    ("%d/%m/%Y", re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})")),
    ("%m/%d/%Y", re.compile(r"(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[0-9]{4})")),
    ("%d-%m-%Y", re.compile(r"(?P<d>[0-9]{1,2})-(?P<m>[0-9]{1,2})-(?P<y>[0-9]{4})")),
    ("%d.%m.%Y", re.compile(r"(?P<d>[0-9]{1,2})\.(?P<m>[0-9]{1,2})\.(?P<y>[0-9]{4})")),
)


def propose_schema(names: Sequence[str], rows: Sequence[Sequence[str]], *, decimal: str | None = None) -> dict[str, Any]:
    """A Table Schema: a type for each named column, and the missing values that were seen where a type needs them.

    ``decimal`` is the mark of all its numbers ("." or ","); without it each column is looked at by itself.
    """
    missing: set[str] = set()
    fields = []
    for index, name in enumerate(names):
        cells = [row[index] for row in rows if index < len(row)]
        field, tokens = _field(name, cells, decimal)
        fields.append({"name": name, **field})
        missing |= tokens
    schema: dict[str, Any] = {"fields": fields}
    if missing:
        schema["missingValues"] = ["", *(token for token in MISSING_TOKENS if token in missing)]
    return schema


def unread_numbers(names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Problem]:
    """Columns of numbers in Khmer digits. Their cells are kept exactly as they are, so text is proposed for them, and said."""
    problems = []
    for index, name in enumerate(names):
        cells = [cell for row in rows if index < len(row) and (cell := row[index].strip())]
        found = [cell for cell in cells if _KHMER_NUMBER.fullmatch(cell)]
        if found and len(found) >= MOST * len(cells):
            suggestion = found[0].translate(KHMER_DIGITS)
            context = {"field": name, "count": len(found), "cell": found[0], "suggestion": suggestion}
            problems.append(Problem("khmer-digits", context, field=name, cell=found[0]))
    return problems


def _field(name: str, cells: Iterable[str], decimal: str | None) -> tuple[dict[str, Any], set[str]]:
    values = {cell for cell in cells if cell.strip()}
    tokens = values & set(MISSING_TOKENS)
    stripped = {value.strip() for value in values - tokens}
    if not stripped:
        return {"type": "string"}, set()
    found = _type(name, stripped, decimal)
    if found["type"] == "string" or (values - tokens != stripped and found["type"] not in ("integer", "number")):
        return {"type": "string"}, set()
    return found, tokens


def _type(name: str, values: set[str], decimal: str | None) -> dict[str, Any]:
    every = _every(values)
    if any(_LEADING_ZERO.fullmatch(value) for value in values) or CODE_NAME.search(name):
        return {"type": "string"}
    if every(_INTEGER):
        return {"type": "year"} if _YEAR_NAME.search(name) and every(_YEAR) else {"type": "integer"}
    if decimal != "," and every(_NUMBER):
        return {"type": "number"}
    if decimal != "," and every(_GROUPED):
        return {"type": "number", "groupChar": ","}
    grouped = every(_GROUPED_DOT) and any("." in value for value in values)
    if decimal != "." and grouped and (decimal or any("," in value for value in values)):
        return {"type": "number", "groupChar": ".", "decimalChar": ","}
    if decimal != "." and every(_DECIMAL_COMMA):
        return {"type": "number", "decimalChar": ","}
    if values <= _BOOLEANS:
        return {"type": "boolean"}
    if every(_DATETIME) and len({value[-1] == "Z" or value[-6:-5] in ("+", "-") for value in values}) == 1:
        return {"type": "datetime"}
    if every(_TIME):
        return {"type": "time"}
    for form, pattern in _DATES:
        if every(pattern) and all(_is_date(pattern, value) for value in values):
            return {"type": "date"} if form == "default" else {"type": "date", "format": form}
    return {"type": "string"}


def _every(values: set[str]) -> Callable[[re.Pattern[str]], bool]:
    return lambda pattern: all(pattern.fullmatch(value) for value in values)


def _is_date(pattern: re.Pattern[str], value: str) -> bool:
    match = pattern.fullmatch(value)
    if match is None:
        return False
    try:
        date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return False
    return True
