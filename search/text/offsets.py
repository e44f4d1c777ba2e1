"""Folding that remembers where each character came from, for highlights on the original text."""

import re
from functools import lru_cache
from typing import NamedTuple

from .key import _SPELLING, _SPELLINGS, fold_pieces
from .khmer import BASES, COENG, INVISIBLE, MARKS

_LETTERS = f"{BASES}\u17a3\u17a4"
_HIDDEN = f"{INVISIBLE}\u17d7"
# The smallest stretches that fold by themselves: a Khmer syllable, else a character with its combining signs.
_SEGMENT = re.compile(
    rf"[{_LETTERS}](?:{COENG}[{_HIDDEN}{COENG}]*[{_LETTERS}]|[{MARKS}{COENG}{_HIDDEN}])*|.[\u0300-\u036f\u3099\u309a{INVISIBLE}]*",
    re.DOTALL,
)
_TRAILING = re.compile(f"[{_HIDDEN}]+$")
_folded = lru_cache(20_000)(fold_pieces)


class Folded(NamedTuple):
    """`text` folded; its character i comes from `source[starts[i]:ends[i]]`."""

    text: str
    starts: list[int]
    ends: list[int]


def fold_with_offsets(source: str) -> Folded:
    """`source` folded like `key.fold`, with the place of every character."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _SEGMENT.finditer(source):
        segment, start = match[0], match.start()
        piece = segment.lower() if len(segment) == 1 and segment.isascii() else _folded(segment)
        if not piece:
            continue
        end = match.end() if len(segment) == 1 else start + (len(_TRAILING.sub("", segment)) or len(segment))
        pieces.append(piece)
        starts += [start] * len(piece)
        ends += [end] * len(piece)
    return _respelled(Folded("".join(pieces), starts, ends))


def _respelled(folded: Folded) -> Folded:
    text, starts, ends = folded
    for match in reversed(list(_SPELLINGS.finditer(text))):
        first, last, spelling = match.start(), match.end(), _SPELLING[match[0]]
        text = text[:first] + spelling + text[last:]
        starts[first:last] = [starts[first]] * len(spelling)
        ends[first:last] = [ends[last - 1]] * len(spelling)
    return Folded(text, starts, ends)
