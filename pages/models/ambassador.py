from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from datasets.vocabularies import VocabularyField, labels

from .place import Place, Spoken
from .record import Record


class Ambassador(Record):
    """A Digital City Ambassador as a public contact of a centre: `title` is a name or a role. Shown only with the person's consent."""

    register = "ambassadors"
    texts = ("title", "description", "hours", "contact")
    columns = ("initiative", "organization", "place", "languages")
    filters = ("languages",)

    place = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="ambassadors", verbose_name=_("centre"))
    languages = VocabularyField(Spoken, verbose_name=_("languages spoken"))
    hours = models.TextField(_("hours"), blank=True)
    contact = models.TextField(_("contact"), blank=True, help_text=_("At the centre; nobody's personal number."))
    consent_on = models.DateField(
        _("consent given on"), null=True, blank=True, help_text=_("The day on which the person agreed to stand here. Not shown.")
    )
    consent_note = models.CharField(
        _("how consent was given"), max_length=300, blank=True, help_text=_("For example: signed form, and where it is kept. Not shown.")
    )

    class Meta(Record.Meta):
        verbose_name = _("Digital City Ambassador")
        verbose_name_plural = _("Digital City Ambassadors")

    def clean(self) -> None:
        super().clean()
        if not self.consent_on and not self.is_sample:
            raise ValidationError({"consent_on": _("Nobody stands here without having agreed. Give the day of consent.")})

    @classmethod
    def public(cls) -> models.QuerySet[Any]:
        return super().public().select_related("place").filter(Q(consent_on__isnull=False) | Q(is_sample=True))

    def facts(self) -> list[tuple[Any, Any]]:
        return [
            (_("Centre"), [(self.place.get_absolute_url(), str(self.place))] if self.place else None),
            (_("Hours"), self.hours),
            (_("Languages spoken"), " · ".join(labels(Spoken, self.languages))),
            (_("Contact"), self.contact),
        ]
