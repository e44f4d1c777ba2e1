"""Guides: what to do, with which papers, where, at what cost, and the law behind it."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from pages.blocks.guide import LEGAL_BASIS, PAPERS, QUESTIONS, STEPS
from pages.blocks.relations import DATASETS, PLACES
from pages.blocks.text import BODY
from pages.fields import BlocksField
from pages.rich_text import INLINE_FEATURES
from pages.selectors.relations import chosen, public_datasets

from .base import BasePage


class GuidePage(BasePage):
    """A task or a right, told so that a person can act on it today."""

    who_for = RichTextField(_("who it is for"), features=INLINE_FEATURES, blank=True)
    fee = RichTextField(
        _("fee"),
        features=INLINE_FEATURES,
        blank=True,
        help_text=_("What it costs, or where the official fee is posted. Never an estimate."),
    )
    time_needed = RichTextField(_("time needed"), features=INLINE_FEATURES, blank=True)
    what_to_bring = BlocksField(PAPERS, blank=True, verbose_name=_("what to bring"))
    steps = BlocksField(
        STEPS, blank=True, verbose_name=_("what to do"), help_text=_("In order, one thing each, starting with what can be done today.")
    )
    places = BlocksField(PLACES, blank=True, verbose_name=_("where to go"))
    legal_basis = BlocksField(
        LEGAL_BASIS,
        blank=True,
        verbose_name=_("the law behind it"),
        help_text=_("Never from memory: name the instrument, the article, the source, and the day you looked."),
    )
    body = BlocksField(BODY, blank=True, verbose_name=_("more to know"))
    questions = BlocksField(QUESTIONS, blank=True, verbose_name=_("questions people ask"))
    related_datasets = BlocksField(DATASETS, blank=True, verbose_name=_("data behind it"))
    owner_office = models.CharField(
        _("responsible office"),
        max_length=200,
        blank=True,
        help_text=_("Who answers for this text: an organization or office, not a person."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True, help_text=_("The day somebody last checked every line."))
    next_review = models.DateField(_("next review"), null=True, blank=True)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("who_for"), FieldPanel("fee"), FieldPanel("time_needed")], heading=_("In short")),
        FieldPanel("what_to_bring"),
        FieldPanel("steps"),
        FieldPanel("places"),
        FieldPanel("legal_basis"),
        FieldPanel("body"),
        FieldPanel("questions"),
        FieldPanel("related_datasets"),
        MultiFieldPanel([FieldPanel("owner_office"), FieldPanel("reviewed_on"), FieldPanel("next_review")], heading=_("Care")),
        *BasePage.closing_panels,
    ]
    parent_page_types = ["pages.TopicPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`places`: what was chosen and still exists; `datasets`: what the public may see of the data behind the guide."""
        return super().get_context(request, *args, **kwargs) | {
            "places": chosen(self.places),
            "datasets": public_datasets(self.related_datasets),
        }


class ServiceGuide(GuidePage):
    """How to get something done at an office."""

    template = "pages/guide_page.html"

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")


class RightsGuide(GuidePage):
    """A right, and how to stand on it."""

    template = "pages/guide_page.html"

    class Meta:
        verbose_name = _("rights guide")
        verbose_name_plural = _("rights guides")


class HealthGuide(GuidePage):
    """How to stay well and where to get care."""

    template = "pages/guide_page.html"

    class Meta:
        verbose_name = _("health guide")
        verbose_name_plural = _("health guides")
