"""How a page is read: in which language, under which notice, at which canonical address."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from wagtail.models import Page

from pages.selectors.addresses import LANGUAGES, absolute, path_of
from pages.selectors.family import languages_of


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
    def urls(self) -> dict[str, str]:
        """Language -> path of each published text; where there is none, the switch leads to the same path, and a notice says so."""
        return {code: path_of(self._page, code, self._request) for code in self.languages}

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """(hreflang, absolute address) of each published text, and x-default: its first language."""
        links = [(code, absolute(path)) for code, path in self.urls.items()]
        return [*links, ("x-default", links[0][1])] if links else []

    @property
    def needs_signature(self) -> bool:
        """Nobody has signed this text, and it is in a language where that has to be said."""
        return not self._page.reviewed_by and self.content_language != "en"

    @cached_property
    def change_notes(self) -> list[Any]:
        """The newest twenty `ChangeNote`s, newest first."""
        return list(self._page.change_notes.all()[:20])
