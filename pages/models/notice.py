from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .record import Moment, Record, whole_day

SHAPES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


def positions(coordinates: Any) -> Iterator[tuple[float, float]]:
    """(longitude, latitude) of every corner of a GeoJSON geometry's `coordinates`; ValueError for anything else."""
    if not isinstance(coordinates, list) or not coordinates:
        raise ValueError(coordinates)
    if isinstance(coordinates[0], list):
        for part in coordinates:
            yield from positions(part)
        return
    longitude, latitude = (float(number) for number in coordinates[:2])
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        raise ValueError(coordinates)
    yield longitude, latitude


def geometry_of(value: Any) -> dict[str, Any]:
    """The one geometry in what an editor has pasted: bare, of a Feature, or of a collection of one. ValidationError in words."""
    while isinstance(value, dict) and value.get("type") in ("Feature", "FeatureCollection"):
        features = value.get("features")
        value = value.get("geometry") if features is None else features[0] if isinstance(features, list) and len(features) == 1 else None
    try:
        found = {"type": SHAPES[SHAPES.index(value["type"])], "coordinates": value["coordinates"]}
        list(positions(found["coordinates"]))
    except (KeyError, ValueError, TypeError, RecursionError):
        raise ValidationError(_("Give one GeoJSON shape (point, line or area) with longitude and latitude in degrees.")) from None
    return found


def documents_of(text: str | None) -> list[tuple[str, str]]:
    """(address, words) of each line: `https://… Draft plan`."""
    parts = [line.strip().partition(" ") for line in (text or "").splitlines() if line.strip()]
    return [(address, words.strip() or address) for address, _space, words in parts]


class NoticeKind(models.TextChoices):
    PLAN = "plan", _("Plan")
    LAND_USE = "land_use", _("Land-use change")
    ENVIRONMENT = "environment", _("Environmental assessment")


class Notice(Record):
    """What an authority is going to decide, where, and until when, how and to whom anybody may object."""

    register = "notices"
    texts = ("title", "description", "how_to_object", "to_whom", "documents")
    columns = ("kind", "initiative", "organization", "published_on", "deadline", "state", "geometry")
    filters = ("kind", "initiative", "state")
    states = {"open": (_("open for objections"), "good"), "closed": (_("closed for objections"), "")}

    kind = models.CharField(_("kind"), max_length=20, choices=NoticeKind.choices)
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    deadline = models.DateField(_("last day to object"), null=True, blank=True)
    how_to_object = models.TextField(_("how to object"), blank=True)
    to_whom = models.TextField(_("to whom"), blank=True)
    documents = models.TextField(_("documents"), blank=True, help_text=_("One on a line: the address, a space, what it is."))
    area = models.JSONField(_("area"), null=True, blank=True, help_text=_("As GeoJSON: a point, a line or an area."))

    class Meta(Record.Meta):
        ordering = ["-published_on", "slug"]
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")

    def clean(self) -> None:
        super().clean()
        if self.area is not None:
            try:
                self.area = geometry_of(self.area)
            except ValidationError as error:
                raise ValidationError({"area": error.messages}) from None
        if self.deadline and self.deadline < self.published_on:
            raise ValidationError({"deadline": _("The last day to object comes before the notice was published.")})
        for language in ("km", "en", "zh_hans"):
            for address, _words in documents_of(getattr(self, f"documents_{language}")):
                try:
                    URLValidator(["http", "https"])(address)
                except ValidationError:
                    words = _("“%(address)s” is no address. Write https://…, a space, and what the document is.") % {"address": address}
                    raise ValidationError({f"documents_{language}": words}) from None

    @property
    def state(self) -> str:
        """ "open" until the end of its last day, or for as long as it has none; then "closed"."""
        return "closed" if self.deadline and self.deadline < timezone.localdate() else "open"

    @property
    def geometry(self) -> dict[str, Any] | None:
        """The area, by the name that tables have for it."""
        return self.area

    def moments(self) -> list[Moment]:
        return whole_day(self.deadline)

    def facts(self) -> list[tuple[Any, Any]]:
        return [
            (_("Last day to object"), self.deadline),
            (_("How to object"), self.how_to_object),
            (_("To whom"), self.to_whom),
            (_("Documents"), documents_of(self.documents)),
            (_("Published on"), self.published_on),
        ]
