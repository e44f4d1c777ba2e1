"""The way down to a page, for breadcrumbs."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language
from wagtail.models import Page

from pages.selectors.listing import items

register = template.Library()


@register.simple_tag(takes_context=True)
def page_crumbs(context: template.Context, page: Page) -> list[tuple[str, str, str]]:
    """(title, path, language) of the pages between home and `page`, in the reader's language where published. Two queries."""
    keys = list(page.get_ancestors().filter(depth__gt=2).values_list("translation_key", flat=True))
    if not keys:
        return []
    variants = Page.objects.live().public().filter(translation_key__in=keys).select_related("locale").order_by("depth")
    found = items(variants, get_language() or "", context.get("request"))
    return [(item.page.title, item.url, item.language) for item in found]
