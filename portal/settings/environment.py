"""What the environment says: one reader for each kind of value, so that a wrong value is named when the site starts."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()


def flag(name: str, default: bool = False) -> bool:
    """`name` as a boolean: 1, true, yes, on / 0, false, no, off (any case). ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: use 1 or 0.")


def integer(name: str, default: int) -> int:
    """`name` as a whole number. ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: use a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """`name` as a list: parts between commas or spaces."""
    return os.environ.get(name, default).replace(",", " ").split()
