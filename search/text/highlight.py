"""Where a query stands in a text, on the text as people read it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .key import TOKEN, fold, runs, script_of
from .khmer import COENG, MARKS
from .offsets import fold_with_offsets
from .stem import beginning
from .words import clusters, parts, plain_word, run_words

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^\n។៕.!?。！？]*(?:[\n។៕.!?。！？]+\s*|$)")
_INSIDE_CLUSTER = re.compile(f"[{MARKS}{COENG}]")


class Excerpt(NamedTuple):
    """A piece of a text with the spans to mark in it; `cut_before`, `cut_after`: the text goes on there."""

    text: str
    spans: list[Span]
    cut_before: bool
    cut_after: bool


class _Needles(NamedTuple):
    words: frozenset[str]  # of scripts with spaces, as an index holds them
    sequences: tuple[str, ...]  # Khmer of two clusters and more, Han: anywhere between two boundaries of clusters
    syllables: frozenset[str]  # Khmer of one cluster: only where it is a word or a part of one
    hint: re.Pattern[str] | None  # stands in every folded text that may hold one of them


class _Found(NamedTuple):
    start: int
    end: int
    needle: str


@lru_cache(256)
def _needles(query: str, skip: frozenset[str] = frozenset()) -> _Needles:
    """What to look for; no word among `skip`, unless there are no others."""
    words: set[str] = set()
    sequences: set[str] = set()
    syllables: set[str] = set()
    cut = [(run, run_words(run.text, run.script)) for run in runs(query)]
    if skip.issuperset(word for _, found in cut for word in found):
        skip = frozenset()
    for run, found in cut:
        found = tuple(word for word in found if word not in skip)
        if run.script not in ("khmer", "han"):
            words.update(found)
            continue
        for text in (run.text, *found) if found else ():
            single = run.script == "khmer" and len(clusters(run._replace(text=text))) == 1
            (syllables if single else sequences).add(text)
    hints = {*sequences, *syllables, *map(beginning, words)}
    hint = re.compile("|".join(map(re.escape, sorted(hints)))) if hints else None
    return _Needles(frozenset(words), tuple(sorted(sequences, key=len, reverse=True)), frozenset(syllables), hint)


def _in_khmer(run: str, syllables: frozenset[str]) -> list[_Found]:
    """Where words or parts of words of one run are among `syllables`."""
    found, start = [], 0
    for word in run_words(run, "khmer"):
        for part in parts(word) or (word,):
            if part in syllables:
                found.append(_Found(start, start + len(part), part))
            start += len(part)
    return found


def _in_run(run: str, needles: _Needles) -> list[_Found]:
    """Spans inside a run of Khmer or Han, in no order, perhaps overlapping."""
    found = _in_khmer(run, needles.syllables) if any(syllable in run for syllable in needles.syllables) else []
    for sequence in needles.sequences:
        start = run.find(sequence)
        while start >= 0:
            end = start + len(sequence)
            if not _INSIDE_CLUSTER.match(run, start) and not _INSIDE_CLUSTER.match(run, end) and run[start - 1 : start] != COENG:
                found.append(_Found(start, end, sequence))
            start = run.find(sequence, start + 1)
    return found


def _pieces(text: str, hint: re.Pattern[str]) -> Iterator[tuple[int, str, str]]:
    """The pieces of `text` between two spaces that may hold something, each folded too: (its place, itself, folded)."""
    folded = fold(text)
    match = hint.search(folded)
    if not match:
        return
    same = len(folded) == len(text) and folded == text.lower()  # most text: every character is where it was
    sources = text.split(" ")
    if not same and len(sources) != folded.count(" ") + 1:  # a space that folding makes, of a no-break space for one
        yield 0, text, folded
        return
    number = end = place = 0
    while match:
        start = folded.rfind(" ", end, match.start()) + 1 or end
        if same:
            place = start
        else:
            passed = folded.count(" ", end, start)
            place += sum(map(len, sources[number : number + passed])) + passed
            number += passed
        end = folded.find(" ", match.end())
        end = len(folded) if end < 0 else end
        piece = folded[start:end]
        yield place, text[start:end] if same else sources[number], piece
        match = hint.search(folded, end)


def _find(text: str, needles: _Needles) -> list[_Found]:
    """Everything of the query in `text`, by places of `text`."""
    all_found: list[_Found] = []
    for offset, source, folded in _pieces(text, needles.hint) if needles.hint else ():
        back = None if len(folded) == len(source) and folded == source.lower() else fold_with_offsets(source)
        for token in TOKEN.finditer(back.text if back else folded):
            run, place = token[0], token.start()
            if script_of(run) != "other":
                found = _in_run(run, needles)
            else:
                word = plain_word(run)
                found = [_Found(0, len(run), word)] if word in needles.words else []
            for start, end, needle in found:
                first, last = place + start, place + end
                if back:
                    first, last = min(back.starts[first:last]), max(back.ends[first:last])
                all_found.append(_Found(offset + first, offset + last, needle))
    return sorted(all_found)


def _merged(found: list[_Found]) -> list[Span]:
    merged: list[Span] = []
    for start, end, _ in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlight(text: str, query: str, *, skip: frozenset[str] = frozenset()) -> list[Span]:
    """Where `text` matches `query`: (start, end) in `text`, in order, apart from each other. Whatever the spelling of either;
    words inside compounds too; never a part of a cluster. Words among `skip` (as `words` gives them) only where there are no others.
    """
    return _merged(_find(text, _needles(query, skip)))


def _best_sentence(text: str, found: list[_Found]) -> int:
    """Where the first sentence begins that holds the most different needles."""
    best, best_score, place = 0, 0, 0
    for sentence in _SENTENCE.finditer(text):
        first = place
        while place < len(found) and found[place].start < sentence.end():
            place += 1
        score = len({one.needle for one in found[first:place]})
        if score > best_score:
            best, best_score = sentence.start(), score
    return best


def _cut(text: str, limit: int) -> int:
    """Where to cut `text` at or before `limit`: at a space if one is near, else between two clusters."""
    if len(text) <= limit:
        return len(text)
    space = text.rfind(" ", limit * 2 // 3, limit + 1)
    if space > 0:
        return space
    while limit > 0 and ("\u17b4" <= text[limit] <= "\u17d3" or text[limit] == "\u17dd" or text[limit - 1] == "\u17d2"):
        limit -= 1
    return limit or 1


def excerpt(text: str, query: str, *, length: int = 240, skip: frozenset[str] = frozenset()) -> Excerpt:
    """About `length` characters of `text` from the sentence that holds most of `query`, else from its beginning; `skip` as for
    `highlight`.
    """
    found = _find(text, _needles(query, skip))
    best = _best_sentence(text, found) if found else 0
    piece = text[best : best + 4 * length]
    spans = [(max(start - best, 0), end - best) for start, end in _merged(found) if end > best and start < best + len(piece)]
    ahead = 0
    if spans and spans[0][1] > length:  # a long sentence: begin shortly before its first match
        ahead = _cut(piece, max(1, spans[0][0] - length // 3))
    start = best + ahead
    shown = piece[ahead : ahead + max(length + 1, spans[0][1] - ahead if spans else 0)]
    shown = shown[: _cut(shown, max(length, spans[0][1] - ahead))] if spans else shown[: _cut(shown, length)]
    body = shown.strip()
    lead = len(shown) - len(shown.lstrip())
    kept = [
        (max(first - ahead - lead, 0), min(last - ahead - lead, len(body)))
        for first, last in spans
        if first - ahead - lead < len(body) and last - ahead - lead > 0
    ]
    rest = text[start + len(shown) :].strip()
    return Excerpt(body, kept, bool(text[:start].strip()), bool(rest))
