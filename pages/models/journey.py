"""A journey: guides in order, entered directly or through a few questions."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.blocks.journey import JOURNEY
from pages.fields import BlocksField
from pages.journey_paths import Review, Step, read_steps, review
from pages.publishing import Problems, journey_problems
from pages.selectors.listing import chosen_in

from .base import BasePage


class JourneyPage(BasePage):
    """Questions and guides on one page: each answer is a link to a step of the same page, so that no server ever hears of it."""

    steps = BlocksField(JOURNEY, blank=True, verbose_name=_("steps"), help_text=_("The first one is the start."))

    content_panels = [*BasePage.content_panels, FieldPanel("steps"), *BasePage.closing_panels]
    parent_page_types = ["pages.TopicPage"]
    subpage_types: list[str] = []
    template = "pages/journey_page.html"

    class Meta:
        verbose_name = _("journey")
        verbose_name_plural = _("journeys")

    @property
    def graph(self) -> list[Step]:
        return read_steps([block.value for block in self.steps])

    @cached_property
    def review(self) -> Review:
        """Every way through, and what is wrong with it."""
        return review(self.graph)

    @property
    def guides(self) -> list[Any]:
        """The guides as chosen, each once, in the order of the steps."""
        found = [guide for block in self.steps for guide in block.value["guides"] if guide is not None]
        return list({guide.translation_key: guide for guide in found}.values())

    def problems(self) -> Problems:
        problems = journey_problems(self)
        return {"steps": problems} if problems else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`steps`: number, block, answers as (text, number it leads to or None), guides (`Item`), next number; `guides`: all of them."""
        context = super().get_context(request, *args, **kwargs)
        guides = chosen_in(self.guides, context["reading"].language, request)
        by_text = {item.page.translation_key: item for item in guides}
        graph = self.graph
        numbers = {step.name: number for number, step in reversed(list(enumerate(graph, 1)))}
        steps = []
        for number, (step, block) in enumerate(zip(graph, self.steps, strict=True), 1):
            chosen = [guide for guide in block.value["guides"] if guide is not None]
            leads = [(answer, numbers.get(name or "")) for answer, name in step.leads]
            steps.append(
                {
                    "number": number,
                    "value": block.value,
                    "answers": leads if block.value["answers"] else [],
                    "next": leads[0][1] if leads and not block.value["answers"] else None,
                    "guides": [by_text[guide.translation_key] for guide in chosen if guide.translation_key in by_text],
                }
            )
        return context | {"steps": steps, "guides": guides}
