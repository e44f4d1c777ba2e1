"""The way down to a page, for breadcrumbs."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from wagtail.models import Page

from pages.selectors.listing import items
from pages.selectors.variants import public_pages

register = template.Library()


@register.simple_tag(takes_context=True)
def page_crumbs(context: template.Context, page: Page) -> list[tuple[str, str, str]]:
    """(title, path, language) of the pages between home and `page`, in the reader's language where published. One query."""
    above = page.get_ancestors().filter(depth__gt=2).order_by().values("translation_key")
    variants = public_pages().filter(translation_key__in=above).select_related("locale").order_by("depth")
    found = items(variants, get_language() or "", context.get("request"))
    return [(item.page.title, item.url, item.language) for item in found]
