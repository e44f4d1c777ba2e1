"""When a place is open: a part of OpenStreetMap's `opening_hours` grammar, enough for offices, read without guessing.

`Mo-Fr 07:30-11:30,14:00-17:00; Sa 08:00-12:00; 2026 Apr 14-16 off; 2026 May 02 08:00-10:00; 24/7`. A later rule replaces an earlier
one for its days, and dates go before weekdays. Times are local, to the minute, within one day.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Interval = tuple[int, int]  # minutes since midnight
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAY = "|".join(DAYS)
_RULE = re.compile(
    rf"(?:(?P<days>(?:{_DAY})(?:[-,](?:{_DAY}))*)|(?P<year>\d{{4}}) (?P<month>{'|'.join(MONTHS)}) (?P<from>\d\d?)(?:-(?P<to>\d\d?))?)"
    r" (?:(?P<off>off|closed)|(?P<times>\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*))"
)
FAULT = gettext_lazy(
    "“%(rule)s” is not understood. Write rules like “Mo-Fr 07:30-11:30,14:00-17:00”, “Sa 08:00-12:00” or “2026 Apr 14-16 off”,"
    " with a semicolon between them."
)


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of being open, as instants, and what to say during and before it."""

    start: datetime
    end: datetime

    def words(self, now: datetime) -> str:
        """“Open now, until 17:00”, or when it opens."""
        if self.start <= now and self.end - now > timedelta(days=1):
            return _("Open now, day and night")
        if self.start <= now:
            return _("Open now, until %(time)s") % {"time": f"{self.end:%H:%M}"}
        said = {"time": f"{self.start:%H:%M}", "day": WEEKDAYS[self.start.weekday()], "date": date_format(self.start)}
        away = (self.start.date() - now.date()).days
        if not away:
            return _("Closed now, opens today at %(time)s") % said
        return (_("Closed now, opens %(day)s at %(time)s") if away < 7 else _("Closed now, opens %(date)s at %(time)s")) % said


@dataclass(frozen=True, slots=True)
class Opening:
    """Intervals of each weekday (0 is Monday), and of the dates that differ from theirs."""

    week: Mapping[int, tuple[Interval, ...]]
    dates: Mapping[date, tuple[Interval, ...]]

    def spans(self, now: datetime) -> Iterator[Span]:
        """What is still to come of the stretches of today and the four weeks after it; those that meet at midnight are one."""
        zone = ZoneInfo(settings.TIME_ZONE)
        today = now.astimezone(zone).date()
        last: Span | None = None
        for day in (today + timedelta(days=offset) for offset in range(29)):
            midnight = datetime.combine(day, time(), zone)
            for start, end in self.dates.get(day, self.week.get(day.weekday(), ())):
                span = Span(midnight + timedelta(minutes=start), midnight + timedelta(minutes=end))
                if last and last.end == span.start:
                    last = Span(last.start, span.end)
                    continue
                if last and last.end > now:
                    yield last
                last = span
        if last and last.end > now:
            yield last

    def table(self, now: datetime) -> list[tuple[str, str]]:
        """(weekday, its hours) from Monday on, then the dates from today on that differ."""
        today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        coming = [(date_format(day), spelt) for day, spelt in sorted(self.dates.items()) if day >= today]
        days = [(str(WEEKDAYS[number]), self.week.get(number, ())) for number in range(7)]
        return [(name, _(", ").join(map(_spelt, spans)) or _("closed")) for name, spans in [*days, *coming]]


def read_opening(text: str) -> Opening:
    """The hours that `text` tells; ValidationError in words where a rule is not understood."""
    week: dict[int, tuple[Interval, ...]] = {}
    dates: dict[date, tuple[Interval, ...]] = {}
    for rule in (part.strip() for part in text.split(";")):
        if rule == "24/7":
            rule = "Mo-Su 00:00-24:00"
        found = _RULE.fullmatch(rule)
        if found is None:
            if rule:
                raise ValidationError(FAULT, params={"rule": rule})
            continue
        spans = tuple(sorted(_interval(part, rule) for part in found["times"].split(","))) if found["times"] else ()
        if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
            raise ValidationError(_("In “%(rule)s” two times overlap."), params={"rule": rule})
        if found["days"]:
            week.update(dict.fromkeys(_weekdays(found["days"]), spans))
        else:
            dates.update(dict.fromkeys(_dates(found, rule), spans))
    return Opening(week, dates)


def validate_opening(text: str) -> None:
    """For model fields."""
    read_opening(text)


def _weekdays(text: str) -> Iterator[int]:
    for part in text.split(","):
        first, _sep, last = part.partition("-")
        start, end = DAYS.index(first), DAYS.index(last[-2:] or first)
        yield from (number % 7 for number in range(start, end + 1 if end >= start else end + 8))


def _dates(found: Any, rule: str) -> list[date]:
    first, last = int(found["from"]), int(found["to"] or found["from"])
    try:
        days = [date(int(found["year"]), MONTHS.index(found["month"]) + 1, day) for day in range(first, last + 1)]
    except ValueError:
        days = []
    if not days:
        raise ValidationError(_("In “%(rule)s” there is a day that does not exist."), params={"rule": rule})
    return days


def _interval(text: str, rule: str) -> Interval:
    first, last = ((int(part[:2]), int(part[3:])) for part in text.split("-"))
    start, end = first[0] * 60 + first[1], last[0] * 60 + last[1]
    if max(first[1], last[1]) > 59 or not start < end <= 24 * 60:
        raise ValidationError(
            _("In “%(rule)s” a time must end after it begins, on the same day, by 24:00 at the latest."), params={"rule": rule}
        )
    return start, end


def _spelt(interval: Interval) -> str:
    return "–".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in interval)
