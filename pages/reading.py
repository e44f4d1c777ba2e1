"""How a page is read: in which language, under which notice, at which canonical address."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from pages.selectors.addresses import LANGUAGES, NATIVE_NAMES, absolute, path_of
from pages.selectors.family import languages_of


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """One entry of the language switch: it stays on the same page."""

    code: str
    name: str  # the language's own name
    url: str
    is_current: bool
    is_fallback: bool  # there the page is shown in its source language


class Reading:
    """What a page's template has to know about language; `page` is the text shown, `language` the reader's."""

    def __init__(self, page: Page, request: HttpRequest | None) -> None:
        self._page = page
        self._request = request
        self.language: str = getattr(request, "LANGUAGE_CODE", None) or get_language() or LANGUAGES[0]
        self.content_language: str = page.locale.language_code

    @property
    def is_fallback(self) -> bool:
        """The text is not in the reader's language: say so above it."""
        return self.content_language != self.language

    @property
    def noindex(self) -> bool:
        """Search engines are told to leave: sample content, and a text under another language's address."""
        return self.is_fallback or self._page.is_sample

    @property
    def canonical_url(self) -> str:
        """The absolute address of the text itself, in its own language."""
        return absolute(path_of(self._page, self.content_language, self._request))

    @cached_property
    def languages(self) -> list[str]:
        """Where the text is published for everybody, Khmer first."""
        return languages_of(self._page, self._page.family)

    @cached_property
    def switch(self) -> list[LanguageLink]:
        return [
            LanguageLink(
                code=code,
                name=NATIVE_NAMES[code],
                url=path_of(self._page, code, self._request),
                is_current=code == self.language,
                is_fallback=code not in self.languages,
            )
            for code in LANGUAGES
        ]

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(hreflang, absolute address) of each published text, and x-default: its first language."""
        links = [(code, absolute(path_of(self._page, code, self._request))) for code in self.languages]
        return [*links, ("x-default", links[0][1])] if links else []

    @property
    def needs_signature(self) -> bool:
        """Nobody has signed this text, and it is in a language where that has to be said."""
        return not self._page.reviewed_by and self.content_language != "en"

    @cached_property
    def change_notes(self) -> list[Any]:
        """The newest twenty `ChangeNote`s, newest first."""
        return list(self._page.change_notes.all()[:20])
