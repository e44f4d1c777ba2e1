"""What the shell's templates need to know about languages and addresses. Load it with `{% load shell %}`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from datasets.templatetags.datasets_tags import by_letters, day, lang_attribute, script_language
from portal.navigation import menu

register = template.Library()


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One language of the switch: `url` a path with query, `absolute` for machines, `translated` whether the page speaks it."""

    code: str
    name: str
    url: str
    absolute: str
    current: bool
    translated: bool


def in_language(path: str, code: str) -> str:
    """The same address under another language's prefix; addresses outside the prefixes lead to that language's home."""
    head, _, rest = path.lstrip("/").partition("/")
    return f"/{code}/{rest}" if head in dict(settings.LANGUAGES) else f"/{code}/"


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """The three languages of this very page.

    By default the same path and query under each prefix, all of them translated. A view that knows better puts
    `language_urls` into its context, {code: path}: only the languages named there count as translated (hreflang), the others
    keep the default path, where the reader finds the source text under a notice.
    """
    request = context.get("request")
    path = getattr(request, "path", "/")
    query = request.META.get("QUERY_STRING", "") if request else ""
    urls: Mapping[str, str] | None = context.get("language_urls")
    links = []
    for code, name in settings.LANGUAGES:
        url = (urls or {}).get(code) or in_language(path, code)
        links.append(
            LanguageLink(
                code=code,
                name=name,
                url=f"{url}?{query}" if query and "?" not in url else url,
                absolute=settings.SITE_URL.rstrip("/") + url,
                current=code == get_language(),
                translated=urls is None or code in urls,
            )
        )
    return links


@register.simple_tag
def local(path: str = "") -> str:
    """`path` under the reader's language: `{% local "about/" %}` is /km/about/. For pages; routes with a name use `{% url %}`."""
    return f"/{get_language() or settings.LANGUAGE_CODE}/{path.lstrip('/')}"


register.simple_tag(menu, name="site_menu")


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """This page's address for machines: absolute, without query."""
    return settings.SITE_URL.rstrip("/") + getattr(context.get("request"), "path", "/")


@register.simple_tag(takes_context=True)
def field_attributes(context: template.Context, field: str, hint: str = "") -> SafeString:
    """For a control whose id is `field`: whether it is wrong, and which texts describe it (`hint` is the id of another one)."""
    wrong = field in (context.get("errors") or {})
    described = f"{hint} {field}-error".strip() if wrong else hint
    return format_html(
        "{}{}", format_html(' aria-describedby="{}"', described) if described else "", mark_safe(' aria-invalid="true"' * wrong)
    )


@register.simple_tag(takes_context=True)
def field_error(context: template.Context, field: str) -> SafeString:
    """What is wrong with that field, beside it."""
    words = (context.get("errors") or {}).get(field)
    return format_html('<span class="problem" id="{}-error">{}</span>', field, words) if words else mark_safe("")


@register.filter
@lru_cache(maxsize=2000)
def qr_code(address: str) -> SafeString:
    """`address` as a QR code (ISO/IEC 18004, level M): black on white in every theme, an SVG with a margin of four modules."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=4, light="#fff", omitsize=True, svgclass="qr", lineclass=None))


@register.filter
def code(text: str) -> SafeString:
    """Plain text in which what stands in Markdown's backticks is shown as code."""
    return mark_safe(re.sub(r"`(.+?)`", r"<code>\1</code>", escape(text)))


@register.filter
def language_name(code: str) -> str:
    """A language's own name: "zh-hans" gives 简体中文."""
    return dict(settings.LANGUAGES).get(code, code)


@register.simple_tag
def page_window(number: int, pages: int) -> list[int | None]:
    """The page numbers to show around `number` of `pages`: first, last and the neighbours; None where some are left out."""
    wanted: list[Any] = sorted({1, pages, *range(max(1, number - 1), min(pages, number + 1) + 1)})
    window: list[int | None] = []
    for index, page in enumerate(wanted):
        if index and page - wanted[index - 1] > 1:
            window.append(None)
        window.append(page)
    return window


for shared in (by_letters, day, lang_attribute, script_language):
    register.filter(shared)
