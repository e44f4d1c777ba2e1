"""The way down to a page, for breadcrumbs."""

from django import template
from django.utils.translation import get_language

from pages.models import BasePage
from pages.selectors.listing import items

register = template.Library()


@register.simple_tag(takes_context=True)
def page_crumbs(context: template.Context, page: BasePage) -> list[tuple[str, str, str]]:
    """(title, path, language) of the pages between home and `page`, in the reader's language where published."""
    above = [text for text in page.family if text.is_public and text.depth > 2 and text.translation_key != page.translation_key]
    found = items(above, get_language() or "", context.get("request"))
    return [(item.page.title, item.url, item.language) for item in found]
