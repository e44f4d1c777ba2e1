"""Guides: what to do, with which papers, where, at what cost, and the law behind it."""

from html import unescape
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from pages.blocks.guide import LEGAL_BASIS, PAPERS, QUESTIONS, STEPS
from pages.blocks.relations import DATASETS, PLACES
from pages.blocks.text import BODY
from pages.fields import BlocksField
from pages.nearness import commune_choices, communes, nearest_by_commune
from pages.publishing import Problems, legal_problems
from pages.rich_text import FEATURES, INLINE_FEATURES
from pages.selectors.journeys import stages_of
from pages.selectors.relations import places_and_helpers, public_datasets
from search.form_errors import unlisted

from .base import BasePage
from .place import PlaceKind


class GuidePage(BasePage):
    """A task or a right, told so that a person can act on it today."""

    who_for = RichTextField(_("who it is for"), features=INLINE_FEATURES, blank=True)
    your_right = RichTextField(
        _("your right"),
        features=INLINE_FEATURES,
        blank=True,
        help_text=_("In one or two sentences; the law behind it belongs below, or the guide is not published."),
    )
    deadlines = RichTextField(
        _("deadlines"), features=FEATURES, blank=True, help_text=_("What must be done by when, and what happens otherwise.")
    )
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
        MultiFieldPanel(
            [FieldPanel("who_for"), FieldPanel("your_right"), FieldPanel("deadlines"), FieldPanel("fee"), FieldPanel("time_needed")],
            heading=_("In short"),
        ),
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
    helper_kind = PlaceKind.CENTRE  # the kind of place that helps with it free of charge
    parent_page_types = ["pages.TopicPage"]
    subpage_types: list[str] = []

    class Meta:
        abstract = True

    def problems(self) -> Problems:
        problems = legal_problems(self.legal_basis, is_sample=self.is_sample)
        if self.your_right and not self.legal_basis:
            problems.append(_("You tell readers of a right: name the law behind it, with its article and source."))
        return {"legal_basis": problems} if problems else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`helpers`: who helps free of charge, as chosen, else any; `places`: the other places chosen; `datasets`: what the public may
        see of the data behind the guide; `stages`: its journeys; `communes`: to find the nearest;
        on a sensitive page instead `nearest`, which nobody has to ask for."""
        context = super().get_context(request, *args, **kwargs)
        language = context["reading"].language
        commune = "" if self.is_sensitive else request.GET.get("commune", "")  # where a reader lives stands in no sensitive address
        places, helpers, every_helper = places_and_helpers(self.places, self.helper_kind, commune)
        return context | {
            "places": places,
            "helpers": helpers,
            "helper_kind": self.helper_kind,
            "nearest": nearest_by_commune(every_helper, language) if self.is_sensitive else [],
            "communes": [] if self.is_sensitive else commune_choices(language),
            "asked": {"commune": commune},
            "errors": unlisted({"commune": commune}, {"commune": communes()}),
            "datasets": public_datasets(self.related_datasets),
            "stages": stages_of(self, language, request),
        }

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """With `?sheet`, what fits on one sheet of paper."""
        return "pages/sheet.html" if "sheet" in request.GET else super().get_template(request, *args, **kwargs)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """With `?papers`, the checklist alone, as a text file to keep."""
        if "papers" not in request.GET or self.is_sensitive:
            return super().serve(request, *args, **kwargs)
        lines = [self.title, "", *(f"[ ] {strip_tags(block.value.source)}" for block in self.what_to_bring), "", self.full_url]
        response = HttpResponse("\r\n".join(unescape(line) for line in lines), content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.txt"'
        return response


class ServiceGuide(GuidePage):
    """How to get something done at an office."""

    template = "pages/guide_page.html"

    class Meta:
        verbose_name = _("service guide")
        verbose_name_plural = _("service guides")


class RightsGuide(GuidePage):
    """A right, and how to stand on it."""

    helper_kind = PlaceKind.LEGAL_AID
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
