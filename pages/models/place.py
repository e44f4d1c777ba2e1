from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class PlaceKind(models.TextChoices):
    CENTRE = "centre", _("Neighbourhood centre")
    HEALTH = "health", _("Health facility")
    LEGAL_AID = "legal_aid", _("Legal aid")
    WIFI = "wifi", _("Free Wi-Fi zone")
    OFFICE = "office", _("Office")
    SCHOOL = "school", _("School")


class Place(index.Indexed, models.Model):
    """Where people go. One row in all languages: name, description, address and hours have a column each."""

    slug = models.SlugField(
        _("address on this site"), unique=True, help_text=_("Latin letters, digits, hyphens. Never changes once public.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=PlaceKind.choices)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    address = models.TextField(_("address"), blank=True)
    hours = models.TextField(_("opening hours"), blank=True)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    phone = models.CharField(_("telephone"), max_length=60, blank=True, help_text=_("Only a number that the place itself has published."))
    is_sample = models.BooleanField(_("sample"), default=False, help_text=_("A sample place has no telephone number."))
    modified = models.DateTimeField(_("changed"), auto_now=True)

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
