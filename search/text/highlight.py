"""Where a query stands in a text, on the text as people read it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .key import Run, fold, runs, runs_of
from .offsets import fold_with_offsets
from .words import clusters, run_words

Span = tuple[int, int]

_SENTENCE = re.compile(r"[^\n។៕.!?。！？]*(?:[\n។៕.!?。！？]+\s*|$)")


class Excerpt(NamedTuple):
    """A piece of a text with the spans to mark in it; `cut_before`, `cut_after`: the text goes on there."""

    text: str
    spans: list[Span]
    cut_before: bool
    cut_after: bool


class _Needles(NamedTuple):
    words: frozenset[str]  # as run_words gives them
    sequences: tuple[str, ...]  # stretches of more than one cluster: matched anywhere between two cluster boundaries


@lru_cache(256)
def _needles(query: str) -> _Needles:
    all_words: set[str] = set()
    sequences: set[str] = set()
    for run in runs(query):
        found = run_words(run.text, run.script)
        all_words.update(found)
        if run.script in ("khmer", "han"):
            for text in (run.text, *found):
                if len(clusters(run._replace(text=text))) > 1:
                    sequences.add(text)
    return _Needles(frozenset(all_words), tuple(sorted(sequences, key=len, reverse=True)))


def _matches(run: Run, needles: _Needles) -> Iterator[Span]:
    """Spans inside `run.text`, in no order, perhaps overlapping."""
    position = 0
    for word in run_words(run.text, run.script):
        if word in needles.words:
            yield position, (position + len(word) if run.script in ("khmer", "han") else len(run.text))
        position += len(word)
    if run.script not in ("khmer", "han"):
        return
    boundaries: set[int] | None = None
    for sequence in needles.sequences:
        start = run.text.find(sequence)
        while start >= 0:
            if boundaries is None:
                boundaries, end = {0}, 0
                for cluster in clusters(run):
                    end += len(cluster)
                    boundaries.add(end)
            end = start + len(sequence)
            if start in boundaries and end in boundaries:
                yield start, end
            start = run.text.find(sequence, start + 1)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def highlight(text: str, query: str) -> list[Span]:
    """Where `text` matches `query`: (start, end) in `text`, in order, apart from each other. Whatever the spelling of either."""
    needles = _needles(query)
    if not needles.words:
        return []
    folded = fold_with_offsets(text)
    spans = []
    for run in runs_of(folded.text):
        for start, end in _matches(run, needles):
            if run.script not in ("khmer", "han"):
                start, end = 0, run.end - run.start
            first, last = run.start + start, run.start + end
            spans.append((min(folded.starts[first:last]), max(folded.ends[first:last])))
    return _merged(spans)


def _score(text: str, needles: _Needles) -> int:
    """How many different needles `text` holds, by the fast way: no offsets."""
    found: set[str] = set()
    for run in runs_of(fold(text)):
        found.update(needles.words.intersection(run_words(run.text, run.script)))
        if run.script in ("khmer", "han"):
            found.update(sequence for sequence in needles.sequences if sequence in run.text)
    return len(found)


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


def excerpt(text: str, query: str, *, length: int = 240) -> Excerpt:
    """About `length` characters of `text` from the sentence that holds most of `query`, else from its beginning."""
    needles = _needles(query)
    best, best_score = 0, 0
    if needles.words:
        for match in _SENTENCE.finditer(text):
            score = _score(match[0], needles) if match[0] else 0
            if score > best_score:
                best, best_score = match.start(), score
                if score >= len(needles.words):
                    break
    piece = text[best : best + 4 * length]
    spans = highlight(piece, query) if best_score else []
    skip = 0
    if spans and spans[0][1] > length:  # a long sentence: begin shortly before its first match
        skip = _cut(piece, max(1, spans[0][0] - length // 3))
    start = best + skip
    shown = piece[skip : skip + max(length + 1, spans[0][1] - skip if spans else 0)]
    shown = shown[: _cut(shown, max(length, spans[0][1] - skip))] if spans else shown[: _cut(shown, length)]
    body = shown.strip()
    lead = len(shown) - len(shown.lstrip())
    kept = [
        (max(first - skip - lead, 0), min(last - skip - lead, len(body)))
        for first, last in spans
        if first - skip - lead < len(body) and last - skip - lead > 0
    ]
    rest = text[start + len(shown) :].strip()
    return Excerpt(body, kept, bool(text[:start].strip()), bool(rest))
