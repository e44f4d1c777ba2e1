"""Other words for the same: found in a question, whatever its spelling and without spaces, and tried beside it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .text import search_key, words
from .text.words import parts


class Entry(NamedTuple):
    """Who types one of `terms` also finds `means`; of equivalent terms both hold all of them."""

    terms: Sequence[str]
    means: Sequence[str]


class Span(NamedTuple):
    """Pieces `start` to `end` of the words of a question (`pieces_of`), and what else they may be called."""

    start: int
    end: int
    others: tuple[str, ...]


def pieces_of(word: str) -> tuple[str, ...]:
    """What a word is cut into to find terms in it."""
    return parts(word) or (word,)


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
        """The longest known terms in the words of a question, from left to right, apart from each other. A term may begin or end inside
        a word (找工作 is one to the dictionary, and so is 工作) but is no single piece of one.
        """
        pieces = [(piece, len(whole) == 1) for whole in map(pieces_of, found) for piece in whole]
        start = 0
        while start < len(pieces):
            best, joined = None, ""
            for end in range(start + 1, len(pieces) + 1):
                joined += pieces[end - 1][0]
                if len(joined) > self._longest:
                    break
                if joined in self._others and (end > start + 1 or pieces[start][1]):
                    best = Span(start, end, tuple(self._others[joined]))
            if best:
                yield best
            start = best.end if best else start + 1
