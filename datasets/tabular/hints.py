"""What probably happened to a cell, recognised cheaply and offered, never applied silently."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from typing import Any

from .headers import INVISIBLE
from .inference import KHMER_DIGITS, MISSING_TOKENS

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NUMERIC = ("integer", "number", "year")


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
    if any("០" <= character <= "៩" for character in stripped) and (kind in (*_NUMERIC, "date") or "value" in expected):
        stripped = stripped.translate(KHMER_DIGITS)  # what follows looks at the mended value, so that the last hint mends it all
        hints.append({"code": "khmer-digits", "suggestion": stripped})
    if stripped in MISSING_TOKENS and kind:
        hints.append({"code": "stands-for-missing", "token": stripped})
    hints += _code_hints(stripped, expected)
    hints += _number_hints(stripped, kind)
    if kind == "date" and (match := _DAY_FIRST.fullmatch(stripped)) and int(match[2]) <= 12 and int(match[1]) <= 31:
        hints.append({"code": "day-month-year", "suggestion": f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"})
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


def _number_hints(cell: str, kind: str) -> list[dict[str, Any]]:
    if kind not in ("integer", "number"):
        return []
    if re.fullmatch(r"-?\d{1,3}([, \u00a0.]\d{3})+", cell) and not (kind == "number" and cell.count(".") == 1):
        return [{"code": "group-separator", "suggestion": re.sub(r"[, \u00a0.]", "", cell)}]
    if kind == "number" and re.fullmatch(r"-?\d+,\d+", cell):
        return [{"code": "decimal-comma", "suggestion": cell.replace(",", ".")}]
    return []
