"""Words that not everybody knows, found in a text: each is explained once on a page, where it first stands."""

import re
from html import unescape

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import cached_property
from django.utils.html import strip_tags

from pages.models.term import Term

CACHED = "glossary:"


def forget_words() -> None:
    """A word was written, changed or taken away."""
    cache.delete_many([f"{CACHED}{code}" for code, _name in settings.LANGUAGES])


class Glossary:
    """The explained words of one page in the language of its text. The words are kept until one of them changes."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._explained: set[str] = set()

    @cached_property
    def _words(self) -> dict[str, tuple[str, str, str]]:
        """Word in lower case -> word, explanation and source."""
        words: dict[str, tuple[str, str, str]] = cache.get_or_set(f"{CACHED}{self.language}", self._read, 3600)
        return words

    def _read(self) -> dict[str, tuple[str, str, str]]:
        suffix = self.language.replace("-", "_")
        rows = Term.objects.values_list(f"term_{suffix}", f"explanation_{suffix}", "source_url")
        return {word.lower(): (word, text, source) for word, text, source in rows if word and text}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The longest word first, so that “forced eviction” is not taken for “eviction”; in English a word stands alone, or as a plural."""
        words = "|".join(re.escape(word) for word in sorted(self._words, key=len, reverse=True))
        return re.compile(rf"\b({words})(?:s|es)?\b" if self.language == "en" else f"({words})", re.IGNORECASE)

    def first_met_in(self, html: str) -> list[tuple[str, str, str]]:
        """(word, explanation, source) of the words in `html` that the page has not explained yet."""
        if not self._words:
            return []
        met = dict.fromkeys(match[1].lower() for match in self._pattern.finditer(unescape(strip_tags(html))))
        new = [word for word in met if word not in self._explained]
        self._explained.update(new)
        return [self._words[word] for word in new]
