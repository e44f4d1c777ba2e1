"""The corrected query: "did you mean".

Words one slip away are found as W. Garbe's SymSpell does (https://github.com/wolfgarbe/SymSpell): two words are at most one slip apart
only if they, or what is left of them without one character, are equal somewhere. A chunk of Khmer or Chinese has no spaces: it is cut
anew into known words and corrected ones, the likeliest path over its clusters (Viterbi), since the dictionary cuts a misspelt word apart.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log
from typing import NamedTuple

import numpy as np

from .compounds import CLUSTER, khmer_parts
from .key import TOKEN, runs, script_of, search_key
from .keyboard import edit_cost
from .khmer import COENG, normalise
from .stem import stem
from .words import run_words

# Costs are natural logarithms of unlikeliness: of a slip, of a cluster no word holds, of a word in a row.
SLIP, UNKNOWN, WORD = 6.0, 16.0, 1.0
LONGEST_WORD, LONGEST_CHUNK = 12, 40  # clusters
_INFLECTED = re.compile("[a-z]{3,}(?:s|ed|ing)")
_DIGIT = re.compile(r"\d")


def vocabulary_words(text: str) -> list[str]:
    """The words of `text` as people write them (normal spelling, lower case, no stems, no numbers), to be counted for a `Vocabulary`."""
    found: list[str] = []
    for token in TOKEN.findall(normalise(text).lower()):
        script = script_of(token)
        if script == "other":
            found += [] if _DIGIT.search(token) else [token]
            continue
        for word in run_words(token, script):
            found.append(word)
            if script == "khmer":
                found += [part for part in khmer_parts(word) if len(CLUSTER.findall(part)) > 1]
    return found


def _hash(text: str) -> int:
    return zlib.crc32(text.encode())


def _shortened(text: str) -> set[str]:
    """`text`, and without each of its characters; a subscript goes with its sign too, since a sign left alone is dropped."""
    places = range(len(text)) if len(text) > 1 else ()
    short = {text, *(text[:place] + text[place + 1 :] for place in places)}
    return short | {text[:place] + text[place + 2 :] for place in places if text[place] == COENG}


class _Step(NamedTuple):
    cost: float
    words: tuple[str, ...]  # keys
    corrected: bool
    unknown: bool


class Vocabulary:
    """The words of a site and how often each stands there. About 600 bytes a word in memory, 6 in `dump`; 25 µs a word to make."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: a word as `vocabulary_words` gives it -> how often, at least 1."""
        self.counts = dict(counts)
        self._frequency: Counter[str] = Counter()
        self._written: dict[str, str] = {}
        for word, count in sorted(self.counts.items(), key=lambda item: (item[1], item[0])):
            key = search_key(word).replace(" ", "")
            if key:
                self._frequency[key] += count
                self._written[key] = word  # the usual spelling comes last
        self._keys = list(self._frequency)
        self._stems = {stem(key) for key in self._keys if key.isascii()}
        self._total = log(sum(self._frequency.values()) or 1)
        entries = ((_hash(short), number) for number, key in enumerate(self._keys) for short in _shortened(key))
        table = np.fromiter((value for entry in entries for value in entry), np.uint32).reshape(-1, 2)
        table = table[np.argsort(table[:, 0], kind="stable")]
        self._hashes, self._numbers = table[:, 0].copy(), table[:, 1].copy()

    def __contains__(self, word: str) -> bool:
        """Whether a word of any spelling is known, or a plural or past of one."""
        key = search_key(word).replace(" ", "")
        return key in self._frequency or (bool(_INFLECTED.fullmatch(key)) and stem(key) in self._stems)

    def dump(self) -> bytes:
        """The counts, compressed, for `load`."""
        return zlib.compress("\n".join(f"{word}\t{count}" for word, count in sorted(self.counts.items())).encode())

    @classmethod
    def load(cls, dumped: bytes) -> "Vocabulary":
        """The vocabulary that was dumped. ValueError or zlib.error where it is damaged."""
        pairs = (line.split("\t") for line in zlib.decompress(dumped).decode().split("\n") if line)
        return cls({word: int(count) for word, count in pairs})

    def written(self, key: str) -> str:
        """The usual spelling of a known key; any other key as it is."""
        return self._written.get(key, key)

    def cost(self, key: str) -> float:
        """How unlikely a known word is."""
        return self._total - log(self._frequency[key])

    def near(self, spans: Sequence[str]) -> list[tuple[str, float] | None]:
        """For each key the likeliest word at most one slip away and its cost, itself with its own cost if it is known."""
        shortened = [(_hash(short), place) for place, span in enumerate(spans) for short in _shortened(span)]
        hashes = np.fromiter((hashed for hashed, _ in shortened), np.uint32, len(shortened))
        first = np.searchsorted(self._hashes, hashes, "left").tolist()
        last = np.searchsorted(self._hashes, hashes, "right").tolist()
        candidates: list[set[int]] = [set() for _ in spans]
        for (_, place), low, high in zip(shortened, first, last, strict=True):
            if high > low:
                candidates[place].update(self._numbers[low:high].tolist())
        return [self._nearest(span, numbers) for span, numbers in zip(spans, candidates, strict=True)]

    def _nearest(self, span: str, numbers: Iterable[int]) -> tuple[str, float] | None:
        if span in self._frequency:
            return span, self.cost(span)
        best: tuple[str, float] | None = None
        for number in numbers:
            word = self._keys[number]
            slip = edit_cost(span, word)
            if slip is None or min(len(word), len(span)) < 2:
                continue
            cost = self.cost(word) + SLIP * slip
            if best is None or (cost, word) < (best[1], best[0]):
                best = word, cost
        return best


def _corrected_chunk(units: Sequence[str], vocabulary: Vocabulary) -> _Step:
    """The likeliest words for a chunk of clusters."""
    places = [(start, end) for end in range(1, len(units) + 1) for start in range(max(0, end - LONGEST_WORD), end)]
    spans = ["".join(units[start:end]) for start, end in places]
    paths = [_Step(0.0, (), False, False)]
    best: _Step | None = None
    for (start, end), span, near in zip(places, spans, vocabulary.near(spans), strict=True):
        before = paths[start]
        if near:
            step = _Step(before.cost + near[1] + WORD, (*before.words, near[0]), before.corrected or near[0] != span, before.unknown)
            best = min(best or step, step)
        if end - start == 1:
            step = _Step(before.cost + UNKNOWN, (*before.words, span), before.corrected, True)
            best = min(best or step, step)
            paths.append(best)
            best = None
    return paths[-1]


def _corrected(token: str, vocabulary: Vocabulary) -> str | None:
    """The token corrected, None if it is right or nothing is near."""
    if token in vocabulary or _DIGIT.search(token):
        return None
    found = runs(token)
    if len(found) != 1:
        return None
    key, script = found[0].text, found[0].script
    if script == "other":
        near = vocabulary.near([key])[0] if len(key) > 2 else None
        return vocabulary.written(near[0]) if near else None
    units = CLUSTER.findall(key) if script == "khmer" else list(key)
    if len(units) > LONGEST_CHUNK or all(word in vocabulary for word in run_words(key, script)):
        return None
    best = _corrected_chunk(units, vocabulary)
    if not best.corrected or best.unknown:  # a word the site does not know is no reason to mend its neighbours
        return None
    return "".join(map(vocabulary.written, best.words))


def suggest_spelling(query: str, vocabulary: Vocabulary) -> str | None:
    """The whole query with its misspelt words corrected; None where there is nothing to correct. A known word is never touched."""
    text, parts, last = normalise(query), list[str](), 0
    for match in TOKEN.finditer(text):
        corrected = _corrected(match[0], vocabulary)
        if corrected is not None:
            parts += [text[last : match.start()], corrected]
            last = match.end()
    suggestion = "".join([*parts, text[last:]])
    return suggestion if parts and search_key(suggestion) != search_key(query) else None
