"""A found document as a reader sees it: in the reader's language where it speaks it, with what matched marked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .documents import LANGUAGES
from .query import Hit, Query
from .reading import read
from .text import excerpt, highlight
from .tree import text_of


def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    parts, last = [], 0
    for start, end in spans:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))


def _language(texts: Mapping[str, str], preferred: tuple[str, ...]) -> str:
    return next((language for language in (*preferred, *LANGUAGES, *texts) if texts.get(language)), preferred[0])


def _excerpt(display: dict[str, Any], words: str, preferred: tuple[str, ...]) -> tuple[str, str]:
    """The excerpt and its language: the summary or the body where the words stand, in the reader's language first."""
    languages = [
        language
        for language in dict.fromkeys((*preferred, *LANGUAGES))
        if display["summary"].get(language) or display["body"].get(language)
    ]
    if words:
        for language in languages:
            for texts in (display["summary"], display["body"]):
                piece = excerpt(texts.get(language) or "", words)
                if piece.spans:
                    before, after = "… " if piece.cut_before else "", " …" if piece.cut_after else ""
                    return before + _marked(piece.text, piece.spans) + after, language
    for language in languages:
        piece = excerpt(display["summary"].get(language) or display["body"][language], "")
        return escape(piece.text) + (" …" if piece.cut_after else ""), language
    return "", preferred[0]


def hit_of(display: dict[str, Any], query: Query) -> Hit:
    """The stored `display` of a document as an answer to `query`."""
    preferred = tuple(language for language in (query.language, display["language"]) if language)
    language = _language(display["title"], preferred)
    title = display["title"].get(language, "")
    words = " ".join(filter(None, (text_of(read(query.text)), text_of(query.where))))
    excerpt_html, excerpt_language = _excerpt(display, words, (language, *preferred))
    url = display["url"].get(query.language) or display["url"].get(language) or next(iter(display["url"].values()), "")
    return Hit(
        key=display["key"],
        kind=display["kind"],
        language=language,
        title=title,
        title_html=_marked(title, highlight(title, words) if words else []),
        excerpt_html=mark_safe(excerpt_html),
        excerpt_language=excerpt_language,
        url=url,
        modified=datetime.fromisoformat(display["modified"]),
        facets=display["facets"],
        languages=display["languages"],
        extra=display["extra"],
    )
