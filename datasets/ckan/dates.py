"""Points in time as Solr writes them: ISO 8601, a date alone, `NOW`, and date math such as `NOW-7DAYS`, `NOW/DAY`, `NOW-1MONTH/MONTH`."""

import calendar
import re
from datetime import UTC, datetime, timedelta

_MATH = re.compile(r"([+-]\d{1,6}|/)(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?")
_UNITS = {"WEEK": "weeks", "DAY": "days", "HOUR": "hours", "MINUTE": "minutes", "SECOND": "seconds"}
_SMALLER = ["month", "day", "hour", "minute", "second", "microsecond"]


def moment(text: str, now: datetime | None = None) -> datetime:
    """The aware UTC datetime `text` names. ValueError where it names none."""
    base, rest = _base(text.strip(), now or datetime.now(UTC))
    position = 0
    while position < len(rest):
        match = _MATH.match(rest, position)
        if match is None:
            raise ValueError("not a date")
        base = _floor(base, match[2]) if match[1] == "/" else _moved(base, int(match[1]), match[2])
        position = match.end()
    return base


def _base(text: str, now: datetime) -> tuple[datetime, str]:
    if text.upper().startswith("NOW"):
        return now, text[3:].upper()
    head, zulu, rest = text.partition("Z")
    value = datetime.fromisoformat(head)
    return (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)), rest.upper() if zulu else ""


def _moved(value: datetime, count: int, unit: str) -> datetime:
    try:
        if unit in _UNITS:
            return value + timedelta(**{_UNITS[unit]: count})
        months = value.year * 12 + value.month - 1 + count * (12 if unit == "YEAR" else 1)
        year, month = divmod(months, 12)
        day = min(value.day, calendar.monthrange(year, month + 1)[1])
        return value.replace(year=year, month=month + 1, day=day)
    except (OverflowError, ValueError):
        raise ValueError("not a date") from None


def _floor(value: datetime, unit: str) -> datetime:
    if unit == "WEEK":
        value -= timedelta(days=value.weekday())
        unit = "DAY"
    names = _SMALLER[["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"].index(unit) :]
    return value.replace(**{name: 1 if name in ("month", "day") else 0 for name in names})  # type: ignore[arg-type]
