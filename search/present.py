"""A found document as a reader sees it: in the reader's language where it speaks it, with what matched marked."""

import re
from collections.abc import Mapping
from datetime import datetime
from html import escape
from itertools import islice
from typing import Any
from urllib.parse import quote

from django.utils.safestring import SafeString, mark_safe

from .documents import LANGUAGES
from .engines import Engine
from .query import FoundValue, Hit, Query
from .reading import read
from .stop_words import STOP
from .text import excerpt, highlight, search_key, words
from .thesaurus import Thesaurus
from .tree import text_of

MOST_VALUES = 5


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
                piece = excerpt(texts.get(language) or "", words, skip=STOP)
                if piece.spans:
                    before, after = "… " if piece.cut_before else "", " …" if piece.cut_after else ""
                    return before + _marked(piece.text, piece.spans) + after, language
    for language in languages:
        piece = excerpt(display["summary"].get(language) or display["body"][language], "")
        return escape(piece.text) + (" …" if piece.cut_after else ""), language
    return "", preferred[0]


def marked_words(query: Query, known: Thesaurus) -> tuple[str, str]:
    """The words of the question, and these with what else they are called: what to mark."""
    plain = " ".join(filter(None, (text_of(read(query.text)), text_of(query.where))))
    others = (other for span in known.spans(words(plain)) for other in span.others)
    return plain, " ".join([plain, *others]) if plain else ""


def hit_of(display: dict[str, Any], query: Query, engine: Engine, asked: tuple[str, str]) -> Hit:
    """The stored `display` of a document as an answer to `query`; `asked`: its `marked_words`."""
    plain, words = asked
    preferred = tuple(language for language in (query.language, display["language"]) if language)
    language = _language(display["title"], preferred)
    title = display["title"].get(language, "")
    title_spans = highlight(title, words, skip=STOP) if words else []
    excerpt_html, excerpt_language = _excerpt(display, words, (language, *preferred))
    if words and not title_spans and "<mark>" not in excerpt_html:  # found by its title in another language
        for other, text in display["title"].items():
            if spans := highlight(text, words, skip=STOP):
                excerpt_html, excerpt_language = _marked(text, spans), other
                break
    url = display["url"].get(query.language) or display["url"].get(language) or next(iter(display["url"].values()), "")
    return Hit(
        key=display["key"],
        kind=display["kind"],
        language=language,
        title=title,
        title_html=_marked(title, title_spans),
        excerpt_html=mark_safe(excerpt_html),
        excerpt_language=excerpt_language,
        url=url,
        modified=datetime.fromisoformat(display["modified"]),
        facets=display["facets"],
        languages=display["languages"],
        extra=display["extra"],
        values=_values(engine.values(display["key"]), plain, query.language) if plain and display["values"] else (),
    )


def _values(lines: str, asked: str, language: str) -> list[FoundValue]:
    """The values that the question names, whole ones first; the lines are `Prepared.values`."""
    whole, pieces, found = search_key(asked), words(asked), []
    first, last = (pieces[0], pieces[-1]) if len(pieces) > 1 else ("", "")
    # People say “village Andoung Thma” or 南京市 where the cell has the name alone.
    for key in dict.fromkeys((whole, *(name.strip() for name in (whole.removeprefix(first), whole.removesuffix(last))))):
        wanted = re.compile(rf"^(?:[^\t\n]*[^\w\t\n])?{re.escape(key)}(?:[^\w\t\n][^\t\n]*)?\t([^\t\n]*)\t(.*)$", re.MULTILINE)
        found = [(match[2], match[1]) for match in islice(wanted.finditer(lines), MOST_VALUES * 10)] if len(key) > 1 else []
        if found:
            break
    found.sort(key=lambda pair: len(pair[0]))
    first: dict[str, str] = {}  # a name that stands in two tables looks the same twice: the first leads to it
    for value, path in found:
        first.setdefault(value, path)
    return [FoundValue(value, f"/{language}{path}{quote(value)}") for value, path in islice(first.items(), MOST_VALUES)]
