"""Single parameters as Python values. Clients send integers and booleans as strings; what cannot be read is a 409 naming the field."""

import json
import math
from typing import Any

from datasets.tabular.questions import BROKEN

from .errors import ValidationError

TRUE = {"true", "yes", "on", "y", "t", "1"}
FALSE = {"false", "no", "off", "n", "f", "0", "none", ""}
MISSING = "Missing value"
MOST = 2**53  # more than there will ever be, and what databases and JSON still count with


def required(data: dict[str, Any], *keys: str) -> str:
    """The first of `keys` that has a value, as text. The error names the first key."""
    for key in keys:
        value = data.get(key)
        if value not in (None, ""):
            return str(value)
    raise ValidationError({keys[0]: [MISSING]})


def natural(data: dict[str, Any], key: str, default: int, *, most: int = MOST) -> int:
    """A whole number from 0; more than `most` is cut silently, as CKAN does."""
    value = integer(data, key, default)
    if value < 0:
        raise ValidationError({key: ["Must be a natural number"]})
    return min(value, most)


def integer(data: dict[str, Any], key: str, default: int) -> int:
    """A whole number, also as text."""
    value = data.get(key)
    if value in (None, ""):
        return default
    if isinstance(value, float) and not value.is_integer():
        raise ValidationError({key: ["Invalid integer"]})
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        raise ValidationError({key: ["Invalid integer"]}) from None


def boolean(data: dict[str, Any], key: str, default: bool) -> bool:
    """A boolean in any of the spellings CKAN's clients use."""
    value = data.get(key)
    if value is None:
        return default
    word = str(value).strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ValidationError({key: [f'invalid value "{str(value)[:60]}": use true or false']})


def text(data: dict[str, Any], key: str, default: str = "") -> str:
    """One text; a list of one is that one."""
    value = data.get(key)
    if value is None:
        return default
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, str | int | float):
        raise ValidationError({key: ["Must be a string"]})
    return str(value)


def strings(data: dict[str, Any], key: str, *, split: str | None = None) -> list[str]:
    """A list, a JSON list in a string, or one string (cut at `split` if given)."""
    value = data.get(key)
    if value in (None, ""):
        return []
    if isinstance(value, str) and value.lstrip().startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            raise ValidationError({key: ["Could not parse as valid JSON"]}) from None
    if isinstance(value, str):
        value = value.split(split) if split else [value]
    if not isinstance(value, list) or not all(isinstance(item, str | int | float) for item in value):
        raise ValidationError({key: ["Not a list"]})
    refuse_unstorable({key: value})
    return [str(item).strip() for item in value]


def mapping(data: dict[str, Any], key: str) -> Any:
    """A JSON object or list, also as a JSON string (GET)."""
    value = data.get(key)
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise ValidationError({key: ["Cannot parse JSON"]}) from None
        refuse_unstorable({key: value})
    return value


def refuse_unstorable(data: dict[str, Any]) -> None:
    """ValidationError by parameter for what JSON can write and no database or UTF-8 can keep, wherever in it: NUL, half a surrogate pair,
    a number that is none."""
    found = {
        BROKEN.sub("\N{REPLACEMENT CHARACTER}", key): [problem] for key, value in data.items() if (problem := _unstorable({key: value}))
    }
    if found:
        raise ValidationError(found)


def _unstorable(value: Any) -> str:
    """What is wrong with it, "" if nothing."""
    waiting = [value]  # not recursive: JSON may be nested deeper than Python calls
    while waiting:
        match waiting.pop():
            case str() as text if broken := BROKEN.search(text):
                return "Null characters are not allowed" if broken[0] == "\0" else "Half a character (an unpaired surrogate) is not allowed"
            case float() as number if not math.isfinite(number):
                return "Must be a finite number"
            case dict() as parts:
                waiting += [*parts, *parts.values()]
            case list() as parts:
                waiting += parts
    return ""
