from functools import cached_property
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from datasets.vocabularies import VocabularyField, labels
from pages.opening import Opening, read_opening, validate_opening


class PlaceKind(models.TextChoices):
    CENTRE = "centre", _("Neighbourhood centre")
    HEALTH = "health", _("Health facility")
    LEGAL_AID = "legal_aid", _("Legal aid")
    WIFI = "wifi", _("Free Wi-Fi zone")
    OFFICE = "office", _("Office")
    SCHOOL = "school", _("School")


class Access(models.TextChoices):
    STEP_FREE = "step_free", _("Entrance without steps")
    TOILET = "toilet", _("Toilet for wheelchair users")
    PARKING = "parking", _("Parking for people with disabilities")


class Spoken(models.TextChoices):
    """Languages of the staff, by their codes in ISO 639."""

    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")
    CHINESE = "zh", _("Chinese")
    VIETNAMESE = "vi", _("Vietnamese")
    CHAM = "cja", _("Cham")
    SIGNS = "csx", _("Cambodian sign language")


class Place(index.Indexed, models.Model):
    """Where people go. One row in all languages: name and the other words have a column each; hours, access and position are data.

    `texts` and `columns` are what its table has, as for a `Record`.
    """

    texts: ClassVar[tuple[str, ...]] = ("name", "description", "services", "address", "directions", "hours")
    columns: ClassVar[tuple[str, ...]] = ("kind", "opening", "phone", "access", "languages", "commune_code", "latitude", "longitude")

    slug = models.SlugField(
        _("address on this site"), unique=True, help_text=_("Latin letters, digits, hyphens. Never changes once public.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    services = models.TextField(_("services"), blank=True, help_text=_("A few words each, one on a line."))
    address = models.TextField(_("address"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    hours = models.TextField(_("words about the opening hours"), blank=True)
    opening = models.TextField(
        _("opening hours"),
        blank=True,
        validators=[validate_opening],
        help_text=_("As data: Mo-Fr 07:30-11:30,14:00-17:00; Sa 08:00-12:00; 2026 Apr 14-16 off. Dates go before weekdays."),
    )
    access = VocabularyField(Access, verbose_name=_("accessibility"))
    languages = VocabularyField(Spoken, verbose_name=_("languages spoken"))
    commune_code = models.CharField(
        _("code of the commune"), max_length=6, blank=True, validators=[RegexValidator(r"^[0-9]{6}$", _("Six digits, like 180101."))]
    )
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True, help_text=_("Only a number that the place itself has published."))
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("A sample place has no telephone number."))
    modified = models.DateTimeField(_("changed"), auto_now=True)

    distance: float | None = None  # in kilometres, where a list was asked for from a point

    search_auto_update = False  # see portal/staff_search.py
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.SearchField("slug"), index.FilterField("kind")]

    class Meta:
        ordering = ["kind", "slug"]
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def __str__(self) -> str:
        return self.name or self.slug

    def get_absolute_url(self) -> str:
        """Its page in the language that is active."""
        return reverse("place", args=[self.slug])

    def clean(self) -> None:
        if self.is_sample and self.phone:
            raise ValidationError({"phone": _("A sample place has no telephone number: somebody might call it.")})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"latitude": _("Give both latitude and longitude, or neither.")})

    @classmethod
    def public(cls) -> models.QuerySet[Any]:
        """What everybody may see: every place."""
        return cls._default_manager.all()

    @cached_property
    def times(self) -> Opening:
        """Its opening hours, read."""
        return read_opening(self.opening)

    @cached_property
    def coming(self) -> list[tuple[int, int, str, str]]:
        """The next four stretches of being open: begin and end in seconds since 1970, the words while it lasts, the words before it."""
        now = timezone.localtime()
        spans = [span for span, _number in zip(self.times.spans(now), range(4), strict=False)]
        return [(int(span.start.timestamp()), int(span.end.timestamp()), span.words(span.start), span.words(now)) for span in spans]

    @property
    def position(self) -> dict[str, Any] | None:
        """Where it is, as a point of GeoJSON; None where nobody has said it."""
        if self.latitude is None or self.longitude is None:
            return None
        return {"type": "Point", "coordinates": [float(self.longitude), float(self.latitude)]}

    def is_open(self) -> bool:
        return bool(self.coming) and self.coming[0][0] <= timezone.now().timestamp()

    def service_lines(self) -> list[str]:
        """The services in the active language."""
        return lines_of(self.services)

    def spoken(self) -> list[str]:
        return labels(Spoken, self.languages)

    def accessible(self) -> list[str]:
        return labels(Access, self.access)


def lines_of(text: str | None) -> list[str]:
    """What stands on the lines of `text`; a semicolon parts as well, as in cells of a table."""
    return [line.strip() for line in (text or "").replace(";", "\n").splitlines() if line.strip()]
