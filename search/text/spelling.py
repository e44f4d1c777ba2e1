"""The corrected query: "did you mean".

Words one slip away are found as W. Garbe's SymSpell does (https://github.com/wolfgarbe/SymSpell): two words are at most one slip apart
only if they, or what is left of them without one character, are equal somewhere. A chunk of Khmer or Chinese has no spaces: it is cut
anew into known words and corrected ones, the likeliest path over its clusters (Viterbi), since the dictionary cuts a misspelt word apart.
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from math import log

import numpy as np
from icu4py.breakers import WordBreaker

from .compounds import CLUSTER, in_dictionary, khmer_parts
from .key import KHMER_BEGINS, TOKEN, runs, script_of, search_key
from .keyboard import edit_cost
from .khmer import COENG, normalise
from .stem import stem
from .words import run_words

# Costs are natural logarithms of unlikeliness: of a slip, of one more word in a row, of a word only the dictionary knows.
SLIP, WORD, RARE = 6.0, 1.0, 6.0
LONGEST_WORD = 12  # clusters
LONGEST_ASKED = 16  # characters; what is longer is cut into words the dictionary knows
LONGEST_CHUNK = {"khmer": 40, "han": 12}  # a longer one is a pasted text
_INFLECTED = re.compile("[a-z]{3,}(?:s|ed|ing)")
_DIGIT = re.compile(r"\d")


def vocabulary_words(text: str) -> list[str]:
    """The words of `text` as people write them (normal spelling, lower case, no stems, no numbers), each once, to be counted for a
    `Vocabulary`.
    """
    tokens = set(TOKEN.findall(normalise(text).lower()))
    uncut = [token for token in tokens if token >= KHMER_BEGINS and script_of(token) != "other"]
    found = {token for token in tokens.difference(uncut) if token.isalpha() or not _DIGIT.search(token)}
    cut = set(WordBreaker("\n".join(uncut), "km")) - {"\n"} if uncut else set()
    return list({*found, *cut, *chain.from_iterable(map(_long_parts, cut))})


@lru_cache(50_000)
def _long_parts(word: str) -> tuple[str, ...]:
    return tuple(part for part in khmer_parts(word) if len(CLUSTER.findall(part)) > 1) if script_of(word) == "khmer" else ()


def _shortened(text: str) -> set[str]:
    """`text`, and without each of its characters; a subscript goes with its sign too, since a sign left alone is dropped."""
    places = range(len(text)) if len(text) > 1 else ()
    short = {text, *(text[:place] + text[place + 1 :] for place in places)}
    return short | {text[:place] + text[place + 2 :] for place in places if text[place] == COENG}


class Vocabulary:
    """The words of a site and how often each stands there. `counts` is all that needs keeping.

    Made in 25 µs and 600 bytes a word.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """`counts`: a word as `vocabulary_words` gives it -> how often, at least 1."""
        self.counts = dict(counts)
        self._frequency: Counter[str] = Counter()
        self.written: dict[str, str] = {}  # key -> its usual spelling
        for word, count in sorted(self.counts.items(), key=lambda item: (item[1], item[0])):
            key = search_key(word).replace(" ", "")
            if key:
                self._frequency[key] += count
                self.written[key] = word  # the commonest comes last
        self._keys = list(self._frequency)
        self._stems = {stem(key) for key in self._keys if key.isascii()}
        self._total = log(sum(self._frequency.values()) or 1)
        hashes, numbers = array("q"), array("q")
        for number, key in enumerate(self._keys):
            short = _shortened(key)
            hashes.extend(map(hash, short))
            numbers.extend(repeat(number, len(short)))
        order = np.argsort(hashes)
        self._hashes = np.array(hashes)[order]
        self._numbers = np.array(numbers, dtype=np.int32)[order]

    def __contains__(self, word: str) -> bool:
        """Whether a word of any spelling is known, or in English a regular form of one."""
        key = search_key(word).replace(" ", "")
        if key in self._frequency or f"{key}s" in self._frequency:
            return True
        base = stem(key)
        return base in self._stems and (key in (base, f"{base}e") or bool(_INFLECTED.fullmatch(key)))

    def parted(self, key: str) -> str | None:
        """Two known words written as one, the likeliest, with their space; each of at least three letters."""
        cuts = ((key[:place], key[place:]) for place in range(3, len(key) - 2))
        known = [cut for cut in cuts if cut[0] in self._frequency and cut[1] in self._frequency]
        best = max(known, key=lambda cut: self._frequency[cut[0]] * self._frequency[cut[1]], default=())
        return " ".join(self.written[word] for word in best) or None

    def near(self, spans: Sequence[str]) -> list[tuple[str, float] | None]:
        """For each key the likeliest word at most one slip away and its cost, itself with its own cost if it is known."""
        shortened = [(hash(short), place) for place, span in enumerate(spans) for short in _shortened(span)]
        hashes = np.array([hashed for hashed, _ in shortened])
        first = np.searchsorted(self._hashes, hashes, "left").tolist()
        last = np.searchsorted(self._hashes, hashes, "right").tolist()
        candidates: list[set[int]] = [set() for _ in spans]
        for (_, place), low, high in zip(shortened, first, last, strict=True):
            if high > low:
                candidates[place].update(self._numbers[low:high].tolist())
        return [self._nearest(span, numbers) for span, numbers in zip(spans, candidates, strict=True)]

    def _nearest(self, span: str, numbers: Iterable[int]) -> tuple[str, float] | None:
        if span in self._frequency:
            return span, self._total - log(self._frequency[span])
        best: tuple[str, float] | None = None
        han = script_of(span) == "han"
        if span[0] >= KHMER_BEGINS and len(span) <= LONGEST_ASKED and in_dictionary(span):
            best = span, self._total + RARE
        for number in numbers:
            word = self._keys[number]
            slip = edit_cost(span, word)
            if slip is None or min(len(word), len(span)) < 2 or (han and len(word) != len(span)):
                continue
            cost = self._total - log(self._frequency[word]) + SLIP * slip
            if best is None or (cost, word) < (best[1], best[0]):
                best = word, cost
        return best


def _likeliest(units: Sequence[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The keys of the likeliest words for a chunk of clusters; none if some of it is near no word."""
    places = [(start, end) for end in range(1, len(units) + 1) for start in range(max(0, end - LONGEST_WORD), end)]
    near = vocabulary.near(["".join(units[start:end]) for start, end in places])
    paths: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *(None for _ in units)]
    for (start, end), word in zip(places, near, strict=True):
        before, best = paths[start], paths[end]
        if before and word and (best is None or before[0] + word[1] + WORD < best[0]):
            paths[end] = before[0] + word[1] + WORD, (*before[1], word[0])
    return paths[-1][1] if paths[-1] else ()


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
        return vocabulary.written[near[0]] if near else vocabulary.parted(key)
    units = CLUSTER.findall(key) if script == "khmer" else list(key)
    if len(units) > LONGEST_CHUNK[script] or all(word in vocabulary for word in run_words(key, script)):
        return None
    return "".join(vocabulary.written.get(word, word) for word in _likeliest(units, vocabulary)) or None


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
