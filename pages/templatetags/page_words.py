"""Explained words beside the text they stand in, and the stamp of the form under each page."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from wagtail.blocks import BoundBlock

from pages.stamps import page_stamp

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: template.Context, text: Any) -> SafeString:
    """`{% explained block %}`: the block, and below it what its unusual words mean."""
    html = text.render() if isinstance(text, BoundBlock) else conditional_escape(text)
    words = [] if getattr(text, "block_type", "") == "heading" else context["glossary"].first_met_in(html)
    return SafeString(html + render_to_string("pages/words.html", {"words": words, "reading": context["reading"]}) if words else html)


@register.simple_tag(takes_context=True)
def feedback_stamp(context: template.Context) -> str:
    """What the form under this page sends along; empty where there is nothing to ask about."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False) or len(request.path) > 300:
        return ""
    return page_stamp(request.path, is_sensitive=bool(context.get("is_sensitive")))


@register.simple_tag
def quick_exit_url() -> str:
    return str(settings.QUICK_EXIT_URL)


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute that a script reads."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
