"""Fixed lists of words that datasets and pages share: the Sustainable Development Goals, human security, disaggregation, frequency."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sdg(models.TextChoices):
    """The 17 goals of the 2030 Agenda (A/RES/70/1), short titles."""

    SDG_1 = "1", _("No poverty")
    SDG_2 = "2", _("Zero hunger")
    SDG_3 = "3", _("Good health and well-being")
    SDG_4 = "4", _("Quality education")
    SDG_5 = "5", _("Gender equality")
    SDG_6 = "6", _("Clean water and sanitation")
    SDG_7 = "7", _("Affordable and clean energy")
    SDG_8 = "8", _("Decent work and economic growth")
    SDG_9 = "9", _("Industry, innovation and infrastructure")
    SDG_10 = "10", _("Reduced inequalities")
    SDG_11 = "11", _("Sustainable cities and communities")
    SDG_12 = "12", _("Responsible consumption and production")
    SDG_13 = "13", _("Climate action")
    SDG_14 = "14", _("Life below water")
    SDG_15 = "15", _("Life on land")
    SDG_16 = "16", _("Peace, justice and strong institutions")
    SDG_17 = "17", _("Partnerships for the goals")


class HumanSecurity(models.TextChoices):
    """The seven dimensions of human security (UNDP, Human Development Report 1994)."""

    ECONOMIC = "economic", _("Economic security")
    FOOD = "food", _("Food security")
    HEALTH = "health", _("Health security")
    ENVIRONMENTAL = "environmental", _("Environmental security")
    PERSONAL = "personal", _("Personal security")
    COMMUNITY = "community", _("Community security")
    POLITICAL = "political", _("Political security")


class Disaggregation(models.TextChoices):
    """By what the figures are broken down, so that nobody is hidden in an average."""

    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    DISABILITY = "disability", _("Disability")
    URBAN_RURAL = "urban_rural", _("Urban or rural")


class UpdateFrequency(models.TextChoices):
    """How often the publisher means to renew the data."""

    CONTINUAL = "continual", _("Continually")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every three months")
    BIANNUAL = "biannual", _("Every six months")
    ANNUAL = "annual", _("Every year")
    BIENNIAL = "biennial", _("Every two years")
    IRREGULAR = "irregular", _("Irregularly")
    NEVER = "never", _("Never: the data are final")


Vocabulary = type[models.TextChoices]


def labels(vocabulary: Vocabulary, values: Iterable[str]) -> list[str]:
    """The words for `values` in the active language, in the vocabulary's order; unknown values are left out."""
    wanted = set(values)
    return [str(choice.label) for choice in vocabulary if choice.value in wanted]


class VocabularyFormField(forms.TypedMultipleChoiceField):
    """Checkboxes of a vocabulary; the value is a list of its codes in the vocabulary's order."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [code for code, _label in self.choices if code in chosen]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return sorted(initial or []) != sorted(data or [])


class VocabularyField(models.JSONField):
    """A list of codes of one vocabulary (a `TextChoices` class), kept as JSON: `VocabularyField(Sdg, verbose_name=…)`.

    Migrations do not name the vocabulary: a reworded label changes no table.
    """

    def __init__(self, vocabulary: Vocabulary | None = None, **options: Any) -> None:
        self.vocabulary = vocabulary
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(**options)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        codes = set(self.vocabulary.values) if self.vocabulary else set()
        if not isinstance(value, list) or any(not isinstance(item, str) for item in value):
            raise ValidationError(_("Give a list of codes."))
        unknown = [item for item in value if item not in codes]
        if self.vocabulary and unknown:
            raise ValidationError(_("Not in the list: %(codes)s."), params={"codes": ", ".join(unknown)})

    def formfield(self, **options: Any) -> forms.Field:
        if self.vocabulary is None:
            return super().formfield(**options)
        return VocabularyFormField(
            choices=self.vocabulary.choices,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            **{key: value for key, value in options.items() if key in {"initial", "label", "help_text", "required", "disabled"}},
        )
