"""Records as iCalendar (RFC 5545): meetings in local time with its time zone, deadlines as whole days."""

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from datasets.views.attachments import PUBLIC
from pages.models import Record
from pages.selectors.addresses import absolute


def calendar(name: str, rows: Iterable[Record], filename: str) -> HttpResponse:
    """A calendar of every moment of the records; the same moment keeps its UID, so that calendars bring entries up to date."""
    shown = Calendar()
    for key, value in {"prodid": "-//Sihanoukville for All//km", "version": "2.0", "name": name, "x-wr-calname": name}.items():
        shown.add(key, value)
    for row in rows:
        for number, (begin, end) in enumerate(row.moments()):
            shown.add_component(_entry(row, number, begin, end))
    shown.add_missing_timezones()
    response = HttpResponse(shown.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{filename}.ics"'
    response["Cache-Control"] = PUBLIC
    return response


def _entry(row: Record, number: int, begin: datetime, end: datetime | None) -> Event:
    entry = Event()
    entry.add("uid", f"{row.register}-{row.slug}-{number}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", row.modified.astimezone(UTC))
    entry.add("summary", f"{row.badge[0]}: {row.title}" if row.state == "cancelled" else row.title)
    zone = ZoneInfo(settings.TIME_ZONE)
    if end is None:
        entry.add("dtstart", begin.astimezone(zone).date())
    else:
        entry.add("dtstart", begin.astimezone(zone))
        entry.add("dtend", end.astimezone(zone))
    place = getattr(row, "place", None)
    if where := ", ".join(filter(None, (str(place or ""), getattr(row, "venue", "")))):
        entry.add("location", where)
    if place and place.latitude is not None:
        entry.add("geo", (place.latitude, place.longitude))
    if row.is_sample:
        entry.add("categories", [_("sample")])
    if row.description:
        entry.add("description", row.description)
    if row.state == "cancelled":
        entry.add("status", "CANCELLED")
    entry.add("url", absolute(row.get_absolute_url()))
    return entry
