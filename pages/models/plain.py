from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from pages.blocks.text import BODY
from pages.fields import BlocksField

from .base import BasePage


class PlainPage(BasePage):
    """A text of its own: about, accessibility, privacy, open data."""

    body = BlocksField(BODY, blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("body"), *BasePage.closing_panels]
    subpage_types = ["pages.PlainPage"]
    template = "pages/plain_page.html"

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
