"""How the catalogue's values are written for people: in the reader's language, else marked with their own."""

import datetime
import json
from math import floor, isfinite, log10
from typing import Any

import nh3
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

from datasets.charts.shown import shown
from datasets.finding_words import mends_in_words
from datasets.selectors import public_charts
from datasets.standards.schema_org import as_schema_org
from datasets.views.citation import written_day
from datasets.views.overview import overview
from datasets.views.speech import speak, voice_of

register = template.Library()
_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_ALLOWED = {
    "p",
    "a",
    "strong",
    "em",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "blockquote",
    "br",
    "h3",
    "h4",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


def _in_its_language(text: str | SafeString, language: str, tag: str) -> SafeString:
    if not text or language == get_language():
        return format_html("{}", text)
    return format_html('<{} lang="{}">{}</{}>', tag, language, text, tag)


@register.filter
def spoken(thing: Any, field: str) -> SafeString:
    """`{{ dataset|spoken:"title" }}`: the text in the reader's language, else in the next one we have, inside its own `lang`."""
    text, language = speak(thing, field)
    return _in_its_language(text, language, "span")


@register.filter
def spoken_markdown(thing: Any, field: str) -> SafeString:
    """The same for a long text written in Markdown; HTML in it is shown, not run. Headings start at the third level."""
    text, language = speak(thing, field)
    html = _markdown.render(text).replace("<h1>", "<h3>").replace("</h1>", "</h3>").replace("<h2>", "<h3>").replace("</h2>", "</h3>")
    return _in_its_language(mark_safe(nh3.clean(html, tags=_ALLOWED, link_rel="nofollow noopener")), language, "div")


@register.filter
def size(value: int | None) -> str:
    """Bytes as people count them: 640 bytes, 84 kB, 1.3 MB."""
    if value is None:
        return ""
    if value < 1000:
        return _("%(number)s bytes") % {"number": value}
    if value < 1_000_000:
        return _("%(number)s kB") % {"number": f"{value / 1000:.0f}"}
    return _("%(number)s MB") % {"number": f"{value / 1_000_000:,.1f}"}


@register.filter
def count(value: float | None) -> str:
    """A number with its thousands set apart, 14,578, a fraction by three digits, 0.515. Data keeps Arabic digits in every language."""
    if not isinstance(value, float) or not isfinite(value):
        return "" if value is None else f"{value:,}"
    places = max(0, 2 - floor(log10(abs(value)))) if value else 0
    written = f"{value:,.{places}f}"
    return written.rstrip("0").rstrip(".") if places else written


@register.filter
def day(value: datetime.date | datetime.datetime | None) -> SafeString:
    """A date as the reader's language writes it, inside <time>: 23 វិច្ឆិកា 2026, 23 November 2026, 2026年11月23日."""
    if value is None:
        return mark_safe("")
    if isinstance(value, datetime.datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written_day(value))


register.filter("mends", mends_in_words)


@register.simple_tag
def dataset_overview(dataset: Any) -> Any:
    """`{% dataset_overview object as page %}`: everything the dataset's page shows (`datasets.views.overview.Overview`)."""
    return overview(dataset)


@register.simple_tag
def dataset_for_search_engines(dataset: Any) -> SafeString:
    """The dataset as schema.org writes it, in a data block (no script: the content security policy need not allow anything)."""
    text = json.dumps(as_schema_org(dataset, get_language() or "km"), ensure_ascii=False, separators=(",", ":"))
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text.replace("<", "\\u003c")))


@register.simple_tag
def charts_of(dataset: Any, resource: Any = None) -> list[Any]:
    """`{% charts_of dataset resource as charts %}`: the public charts of a dataset, or of one resource (`datasets.charts.shown.Shown`)."""
    return [shown(chart) for chart in public_charts([resource] if resource else dataset.offered_resources)]


@register.filter
def lang_attribute(language: str) -> SafeString:
    """` lang="km"` where a text's language is not the page's, else nothing: `<td{{ cell.language|lang_attribute }}>`."""
    return format_html(' lang="{}"', language) if language and language != get_language() else mark_safe("")


@register.filter
def by_letters(text: Any) -> SafeString:
    """A text of unknown language inside the `lang` that its letters suggest."""
    return _in_its_language(str(text), voice_of(str(text)) or str(get_language()), "span")


@register.filter
def script_language(text: Any) -> str:
    """The language a text's letters suggest: "km", "zh-hans", "en" or ""."""
    return voice_of(str(text))
