"""Other words for the same: found in a question, whatever its spelling and without spaces, and tried beside it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .text import search_key, words


class Entry(NamedTuple):
    """Who types one of `terms` also finds `means`; of equivalent terms both hold all of them."""

    terms: Sequence[str]
    means: Sequence[str]


class Span(NamedTuple):
    """Words `start` to `end` of a question, and what else they may be called."""

    start: int
    end: int
    others: tuple[str, ...]


def _key(term: str) -> str:
    return "".join(words(term))


class Thesaurus:
    """All synonyms of a site, ready to be looked up."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Later entries add to earlier ones."""
        self.entries = tuple(entries)
        self._others: dict[str, dict[str, None]] = {}
        for entry in self.entries:
            for term in entry.terms:
                if key := _key(term):
                    others = {other: None for other in entry.means if _key(other) and search_key(other) != search_key(term)}
                    self._others.setdefault(key, {}).update(others)
        self._longest = max(map(len, self._others), default=0)

    def spans(self, found: Sequence[str]) -> Iterator[Span]:
        """The longest known terms among the words of a question, from left to right, apart from each other."""
        start = 0
        while start < len(found):
            best, joined = None, ""
            for end in range(start + 1, len(found) + 1):
                joined += found[end - 1]
                if len(joined) > self._longest:
                    break
                if joined in self._others:
                    best = Span(start, end, tuple(self._others[joined]))
            if best:
                yield best
            start = best.end if best else start + 1
