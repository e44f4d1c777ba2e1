"""Data that somebody needs, whether they exist or not: what the gap grid is made of."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified, language_path


class DataNeed(Identified):
    """What data an initiative needs in a district, who owes them, who asked; `dataset` is what answers it. Texts in each language."""

    initiative = models.CharField(
        _("initiative"),
        max_length=5,
        validators=[RegexValidator(r"^[1-3]\.\d{1,2}$", _("Write it as 2.4."))],
        help_text=_("Its number, 2.4 for example."),
    )
    spatial_code = models.CharField(
        _("code of the place"), max_length=50, blank=True, help_text=_("The NIS geocode of the district; empty for the whole province.")
    )
    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    owed_by = models.ForeignKey(
        "datasets.Organization", on_delete=models.CASCADE, related_name="needs", verbose_name=_("who owes the data")
    )
    asked_by = models.CharField(_("who asked"), max_length=300, blank=True, help_text=_("An office, an association, residents of a place."))
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    dataset = models.ForeignKey(
        "datasets.Dataset",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="needs",
        verbose_name=_("dataset that answers it"),
    )
    is_sample = models.BooleanField(_("sample content"), default=False)

    class Meta:
        ordering = ["initiative", "spatial_code", "pk"]
        verbose_name = _("needed data")
        verbose_name_plural = _("needed data")

    def __str__(self) -> str:
        return f"{self.initiative} {self.title}"

    def get_absolute_url(self) -> str:
        return language_path(f"/gaps/{self.uuid}/")
