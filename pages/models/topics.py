from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.blocks.text import BODY
from pages.fields import BlocksField
from pages.selectors.listing import children_in

from .base import BasePage
from .journey import JourneyPage


class TopicPage(BasePage):
    """A topic of people's lives (health, land and housing, services): lists its guides."""

    body = BlocksField(BODY, blank=True, verbose_name=_("introduction"))

    content_panels = [*BasePage.content_panels, FieldPanel("body"), *BasePage.closing_panels]
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.JourneyPage", "pages.ServiceGuide", "pages.RightsGuide", "pages.HealthGuide", "pages.PlainPage"]
    template = "pages/topic_page.html"

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`children`: the topic's journeys, then its guides and texts (`Item`)."""
        context = super().get_context(request, *args, **kwargs)
        children = children_in(self, context["reading"].language, request)
        return context | {"children": sorted(children, key=lambda item: not isinstance(item.page, JourneyPage))}
