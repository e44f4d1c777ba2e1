import re
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.vocabularies import VocabularyField, labels

from .place import Place, Spoken
from .record import Moment, Record

SESSION = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d)-(\d\d:\d\d)")


def read_sessions(text: str) -> list[Moment]:
    """Begin and end of each line `2026-12-05 08:00-11:00`, local time (Asia/Phnom_Penh), the first first. ValidationError in words."""
    found = []
    for line in (line.strip() for line in text.splitlines()):
        match = SESSION.fullmatch(line)
        try:
            begin, end = (timezone.make_aware(datetime.fromisoformat(f"{match[1]}T{match[n]}")) for n in (2, 3)) if match else (None, None)
        except ValueError:
            begin = end = None
        if begin and end and begin < end:
            found.append(Moment(begin, end))
        elif line:
            raise ValidationError(
                _("“%(line)s” is not understood. Write each meeting on a line of its own, like 2026-12-05 08:00-11:00."),
                params={"line": line},
            )
    found.sort()
    if any(later.begin < earlier.end for earlier, later in pairwise(found)):
        raise ValidationError(_("Two of these meetings overlap."))
    return found


def validate_sessions(text: str) -> None:
    """For model fields."""
    read_sessions(text)


class EventKind(models.TextChoices):
    COURSE = "course", _("Course")
    EVENT = "event", _("Event")


class Event(Record):
    """A course or an event: when, where, in which languages, for whom to ask."""

    register = "events"
    texts = ("title", "description", "venue", "contact")
    columns = ("kind", "initiative", "organization", "place", "sessions", "languages", "is_free", "state")
    filters = ("kind", "languages", "is_free", "state")
    states = {"coming": (_("coming"), "good"), "over": (_("over"), ""), "cancelled": (_("cancelled"), "bad")}

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind.choices)
    sessions = models.TextField(
        _("dates and times"),
        validators=[validate_sessions],
        help_text=_("Local time, one meeting on a line: 2026-12-05 08:00-11:00."),
    )
    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("place"))
    venue = models.TextField(_("where exactly"), blank=True, help_text=_("A room, a meeting point, or where there is no place to choose."))
    languages = VocabularyField(Spoken, verbose_name=_("languages spoken"))
    contact = models.TextField(_("whom to ask"), blank=True, help_text=_("An office or a role; nobody's personal number."))
    is_free = models.BooleanField(_("free of charge"), default=True)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("course or event")
        verbose_name_plural = _("courses and events")

    @classmethod
    def public(cls) -> models.QuerySet[Any]:
        return super().public().select_related("place")

    @property
    def state(self) -> str:
        return "cancelled" if self.is_cancelled else "coming" if self.coming() else "over"

    def moments(self) -> list[Moment]:
        return read_sessions(self.sessions)

    def facts(self) -> list[tuple[Any, Any]]:
        return [
            (_("Where"), [(self.place.get_absolute_url(), str(self.place))] if self.place else None),
            (_("Where exactly") if self.place else _("Where"), self.venue),
            (_("Languages spoken"), " · ".join(labels(Spoken, self.languages))),
            (_("Fee"), str(_("free of charge") if self.is_free else _("not free of charge: ask"))),
            (_("Whom to ask"), self.contact),
        ]
