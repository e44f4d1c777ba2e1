"""What an editor may do inside a text: bold, links, lists. Headings are blocks, so that the outline of a page is never broken."""

from django.utils.safestring import SafeString
from wagtail.rich_text import RichText, expand_db_html

FEATURES = ["bold", "link", "ol", "ul"]
INLINE_FEATURES = ["bold", "link"]


def public_html(value: str | RichText | None) -> SafeString:
    """`value` as HTML for readers: links to pages and documents are addresses. Empty when there is no text."""
    source = value.source if isinstance(value, RichText) else value or ""
    return SafeString(expand_db_html(source))
