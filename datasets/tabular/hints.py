"""What probably happened to a cell, recognised cheaply and offered, never applied silently."""

import ast
import re
from collections.abc import Mapping
from typing import Any

from .findings import cells
from .headers import INVISIBLE
from .inference import KHMER_DIGITS


def hints_for(cell: str, expected: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Hints with a ``suggestion`` each, most telling first. ``expected`` as in an explanation."""
    hints: list[dict[str, Any]] = []
    kind = expected.get("type", "")
    cleaned = cell.translate(INVISIBLE)
    if cleaned != cell:
        hints.append({"code": "invisible-characters", "suggestion": cleaned.strip()})
    stripped = cleaned.strip()
    if stripped != cleaned:
        hints.append({"code": "outer-spaces", "suggestion": stripped})
    digits = stripped.translate(KHMER_DIGITS)
    if digits != stripped and (kind in ("integer", "number", "year", "date") or "value" in expected):
        stripped = digits  # what follows looks at the mended value, so that the last hint mends it all
        hints.append({"code": "khmer-digits", "suggestion": stripped})
    if kind and cells.no_data(stripped):
        hints.append({"code": "stands-for-missing", "token": stripped})
    hints += _code_hints(stripped, expected)
    amount = cells.amount(stripped) if kind in ("integer", "number") else None
    if amount is not None and str(amount) != stripped and (kind == "number" or amount == int(amount)):
        hints.append({"code": "amount", "suggestion": str(amount)})
    if kind == "date" and (found := cells.day(stripped, serials=True)):
        form = expected.get("format", "default")
        hints.append({"code": "date", "suggestion": found[1].isoformat() if form in ("default", "any") else found[1].strftime(form)})
    return hints


def _code_hints(cell: str, expected: Mapping[str, Any]) -> list[dict[str, Any]]:
    hints: list[dict[str, Any]] = []
    whole = re.fullmatch(r"(\d+)\.0+", cell)
    if whole and (expected["code"] in ("pattern", "one-of", "max-length") or expected.get("type") in ("integer", "year")):
        hints.append({"code": "decimal-code", "suggestion": whole[1]})
    digits = whole[1] if whole else cell
    if digits.isascii() and digits.isdigit() and _accepts(expected, "0" + digits) and not _accepts(expected, digits):
        hints.append({"code": "lost-leading-zero", "suggestion": "0" + digits})
    return hints


def _accepts(expected: Mapping[str, Any], text: str) -> bool:
    value = str(expected.get("value", ""))
    try:
        if expected["code"] == "pattern":
            # A pattern with nested repeats could run for ever on a long cell; codes are short.
            return len(text) <= 20 and re.match(f"^{value}$", text) is not None
        if expected["code"] == "min-length":
            return len(text) >= int(value)
        if expected["code"] == "one-of":
            return text in ast.literal_eval(value)
    except (re.error, ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return False
    return False
