"""A question as a tree that every engine can translate: terms, phrases, all of, any of, none of.

A chunk (a run of one script) matches where all its words match or the whole of it stands as cluster pairs; a word matches as a word
or as its cluster pairs in a row. Every chunk is required. A whole chunk found as it was typed ranks first; beside that words count
three times as much as pairs, and a title more than keywords, a summary, a body.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .prepared import FIELDS
from .query import FieldTerm
from .text import Run, runs
from .text.words import clusters, pairs, run_words

WEIGHTS = {"title": 8.0, "keywords": 4.0, "summary": 3.0, "body": 1.0}
WORDS, PAIRS, AS_TYPED = 3.0, 1.0, 4.0
# A question longer than this is a pasted page: its first words say enough.
MOST_WORDS = 32


@dataclass(frozen=True, slots=True)
class Term:
    """One token of an indexed field."""

    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more tokens of an indexed field, one after the other."""

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part must match; `better` only raise the score."""

    parts: tuple["Node", ...]
    better: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part must match."""

    parts: tuple["Node", ...]


Node = Term | Phrase | AllOf | AnyOf


def _tokens(field: str, tokens: Sequence[str], boost: float) -> Node:
    return Term(field, tokens[0], boost) if len(tokens) == 1 else Phrase(field, tuple(tokens), boost)


def _pairs(text: str, run: Run) -> list[str]:
    return pairs(clusters(run._replace(text=text))) if run.script in ("khmer", "han") else []


def _word(word: str, run: Run, fields: Iterable[str]) -> Node:
    parts: list[Node] = []
    grams = _pairs(word, run)
    for field in fields:
        parts.append(Term(f"{field}_w", word, WORDS * WEIGHTS[field]))
        if grams:
            parts.append(_tokens(f"{field}_g", grams, PAIRS * WEIGHTS[field]))
    return AnyOf(tuple(parts))


def _chunk(run: Run, fields: Sequence[str]) -> Node:
    words = run_words(run.text, run.script)
    by_word = [_word(word, run, fields) for word in words]
    if len(words) == 1:
        return by_word[0]
    whole = tuple(_tokens(f"{field}_g", _pairs(run.text, run), PAIRS * WEIGHTS[field]) for field in fields)
    return AnyOf((AllOf(tuple(by_word)), *whole))


def _as_typed(found: Sequence[Run], fields: Sequence[str]) -> tuple[Node, ...]:
    better: list[Node] = []
    for run in found:
        grams = _pairs(run.text, run)
        if len(grams) > 1:
            better += [Phrase(f"{field}_g", tuple(grams), AS_TYPED * WEIGHTS[field]) for field in fields]
    words = [word for run in found for word in run_words(run.text, run.script)]
    if len(words) > 1:
        better += [Phrase(f"{field}_w", tuple(words), AS_TYPED * WEIGHTS[field]) for field in fields]
    return tuple(better)


def _runs(text: str) -> list[Run]:
    found: list[Run] = []
    count = 0
    for run in runs(text[:2000]):
        count += len(run_words(run.text, run.script))
        if count > MOST_WORDS and found:
            break
        found.append(run)
    return found


def match(text: str) -> Node | None:
    """The tree for a reader's words; None if there are none."""
    found = _runs(text)
    if not found:
        return None
    return AllOf(tuple(_chunk(run, FIELDS) for run in found), _as_typed(found, FIELDS))


def match_any(text: str) -> Node | None:
    """The tree that is content with any of a reader's words; None where `match` asks for no more than one anyway."""
    words = [(word, run) for run in _runs(text) for word in run_words(run.text, run.script)]
    return AnyOf(tuple(_word(word, run, FIELDS) for word, run in words)) if len(words) > 1 else None


def match_field(term: FieldTerm) -> Node | None:
    """The tree for words of one field; None if there are none."""
    found = _runs(term.text)
    return AllOf(tuple(_chunk(run, (term.field,)) for run in found)) if found else None
