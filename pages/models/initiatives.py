"""The thirteen initiatives of the city's concept, in three pillars."""

from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from datasets.needs import needs
from datasets.vocabularies import HumanSecurity, Sdg, labels
from pages.blocks.fact import INDICATORS
from pages.blocks.relations import DATASETS, GUIDES, PLACES
from pages.blocks.text import BODY
from pages.fields import BlocksField
from pages.rich_text import INLINE_FEATURES
from pages.selectors.listing import children_in, chosen_in
from pages.selectors.relations import chosen, public_datasets

from .base import BasePage


class Pillar(models.IntegerChoices):
    """The concept's pillars (Sihanoukville for All, executive summary, 2021)."""

    PLANNING = 1, _("People-focused smart planning and e-governance")
    SERVICES = 2, _("Smart services through crowdsourced data and information")
    EMPOWERMENT = 3, _("Digital empowerment and human rights")


class InitiativeIndexPage(BasePage):
    """The initiatives, grouped by pillar."""

    body = BlocksField(BODY, blank=True, verbose_name=_("introduction"))

    content_panels = [*BasePage.content_panels, FieldPanel("body"), *BasePage.closing_panels]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.InitiativePage"]
    template = "pages/initiative_index_page.html"

    class Meta:
        verbose_name = _("list of initiatives")
        verbose_name_plural = _("lists of initiatives")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`pillars`: number, label and initiatives (`Item`) of each of the three."""
        context = super().get_context(request, *args, **kwargs)
        found = sorted(children_in(self, context["reading"].language, request), key=lambda item: item.page.position)
        return context | {
            "pillars": [
                {"number": pillar.value, "label": pillar.label, "initiatives": [item for item in found if item.page.pillar == pillar]}
                for pillar in Pillar
            ]
        }


class InitiativePage(BasePage):
    """One initiative: what it is for and what it becomes in this portal."""

    number = models.CharField(_("number"), max_length=5, validators=[RegexValidator(r"^[1-3]\.\d{1,2}$", _("Write it as 2.4."))])
    pillar = models.PositiveSmallIntegerField(_("pillar"), choices=Pillar.choices)
    purpose = RichTextField(_("purpose"), features=INLINE_FEATURES, blank=True)
    becomes = RichTextField(_("what it becomes here"), features=INLINE_FEATURES, blank=True)
    body = BlocksField(BODY, blank=True, verbose_name=_("text"))
    indicators = BlocksField(INDICATORS, blank=True, verbose_name=_("indicators"))
    related_guides = BlocksField(GUIDES, blank=True, verbose_name=_("guides"))
    related_datasets = BlocksField(DATASETS, blank=True, verbose_name=_("data"))
    related_places = BlocksField(PLACES, blank=True, verbose_name=_("places"))

    override_translatable_fields = [*BasePage.override_translatable_fields, SynchronizedField("number", overridable=False)]

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("pillar")]),
        FieldPanel("purpose"),
        FieldPanel("becomes"),
        FieldPanel("body"),
        FieldPanel("indicators"),
        FieldPanel("related_guides"),
        FieldPanel("related_datasets"),
        FieldPanel("related_places"),
        *BasePage.closing_panels,
    ]
    parent_page_types = ["pages.InitiativeIndexPage"]
    subpage_types: list[str] = []
    template = "pages/initiative_page.html"

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    @property
    def position(self) -> tuple[int, ...]:
        """For sorting: 2.10 comes after 2.9."""
        return tuple(int(part) for part in self.number.split("."))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`guides` (`Item`), `datasets` and `places` that carry the initiative, its public records by register, and the data it needs."""
        from pages.selectors.records import of_initiative  # which imports the models

        context = super().get_context(request, *args, **kwargs)
        return context | {
            **of_initiative(self.number),
            "places": chosen(self.related_places),
            "needs": [need for need in needs() if need.row.initiative == self.number],
            "goals": labels(Sdg, self.sdgs),
            "dimensions": labels(HumanSecurity, self.human_security),
            "guides": chosen_in(chosen(self.related_guides), context["reading"].language, request),
            "datasets": public_datasets(self.related_datasets),
        }
