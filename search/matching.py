"""From what a reader means (`tree`) to what an index holds: analysed tokens in fields.

A chunk (a run of one script) matches where all its words match or the whole of it stands as cluster pairs; a word matches as a word
or as its cluster pairs in a row. Every chunk is required. A whole chunk found as it was typed ranks first; beside that words count
three times as much as pairs, and a title more than keywords, a summary, values, a body. The body of the index holds the other fields
too, so one field decides what matches and the others only raise the score.
"""

from collections.abc import Iterable, Sequence

from .prepared import FIELDS, title_key
from .text import Run, runs
from .text.words import clusters, pairs, run_words
from .tree import TEXT_FIELDS, And, Better, Boost, Exists, Node, Not, Or, Phrase, Prefix, Term, Tokens, Words

WEIGHTS = {"title": 8.0, "keywords": 4.0, "summary": 3.0, "values": 2.0, "body": 1.0}
WORDS, PAIRS, AS_TYPED = 3.0, 1.0, 4.0
WHOLE_TITLE, TITLE_BEGINS = 40.0, 12.0
# A question longer than this is a pasted page: its first words say enough.
MOST_WORDS = 32
NOTHING = Or()


def _pairs(text: str, run: Run) -> tuple[str, ...]:
    return tuple(pairs(clusters(run._replace(text=text)))) if run.script in ("khmer", "han") else ()


def _word(word: str, run: Run, field: str) -> Node:
    as_word = Tokens(f"{field}_w", (word,), WORDS * WEIGHTS[field])
    grams = _pairs(word, run)
    return Or(as_word, Tokens(f"{field}_g", grams, PAIRS * WEIGHTS[field])) if grams else as_word


def _chunk(run: Run, field: str) -> Node:
    words = run_words(run.text, run.script)
    by_word = [_word(word, run, field) for word in words]
    if len(words) == 1:
        return by_word[0]
    return Or(And(*by_word), Tokens(f"{field}_g", _pairs(run.text, run), PAIRS * WEIGHTS[field]))


def _better(text: str, found: Sequence[Run], fields: Iterable[str]) -> tuple[Node, ...]:
    """What ranks higher: words in a weightier field, chunks and words as they were typed, the title itself."""
    words = [(word, run) for run in found for word in run_words(run.text, run.script)]
    better: list[Node] = []
    for field in fields:
        if field != "body":
            better += [_word(word, run, field) for word, run in words]
        for run in found:
            if len(grams := _pairs(run.text, run)) > 1:
                better.append(Tokens(f"{field}_g", grams, AS_TYPED * WEIGHTS[field]))
        if len(words) > 1:
            better.append(Tokens(f"{field}_w", tuple(word for word, _ in words), AS_TYPED * WEIGHTS[field]))
    key = title_key(text)
    return (*better, Boost(Term("exact", key), WHOLE_TITLE), Boost(Prefix(key, "exact"), TITLE_BEGINS))


def _runs(text: str) -> list[Run]:
    found: list[Run] = []
    count = 0
    for run in runs(text[:2000]):
        count += len(run_words(run.text, run.script))
        if count > MOST_WORDS and found:
            break
        found.append(run)
    return found


def _words(node: Words, *, any_of: bool) -> Node:
    found = _runs(node.text)
    if not found:
        return NOTHING
    field = node.field or "body"
    if any_of:
        match: Node = Or(*(_word(word, run, field) for run in found for word in run_words(run.text, run.script)))
    else:
        match = And(*(_chunk(run, field) for run in found))
    return match if node.field else Better(match, _better(node.text, found, FIELDS))


def _phrase(node: Phrase) -> Node:
    """Chunks as cluster pairs, whatever the dictionary makes of them; across scripts and in English the words in their order."""
    found = _runs(node.text)
    field = node.field or "body"
    if not found:
        return NOTHING
    parts: list[Node] = [Tokens(f"{field}_g", grams, WEIGHTS[field]) for run in found if (grams := _pairs(run.text, run))]
    words = tuple(word for run in found for word in run_words(run.text, run.script))
    if len(parts) != 1 or len(found) > 1:
        parts.append(Tokens(f"{field}_w", words, WORDS * WEIGHTS[field]))
    return And(*parts)


def _prefix(node: Prefix) -> Node:
    found = _runs(node.text)
    if not found:
        return NOTHING
    field, last = node.field or "body", found[-1]
    begun = Or(Boost(Prefix(last.text, f"{field}_w"), WEIGHTS[field]), _chunk(last, field))
    return And(*(_chunk(run, field) for run in found[:-1]), begun)


def lower(node: Node, *, any_of: bool = False) -> Node:
    """`node` in an engine's terms. `any_of`: content with any of the words of each `Words`."""
    if isinstance(node, Words):
        return _words(node, any_of=any_of)
    if isinstance(node, Phrase):
        return _phrase(node)
    if isinstance(node, Prefix) and (node.field is None or node.field in TEXT_FIELDS):
        return _prefix(node)
    if isinstance(node, Exists) and node.field in TEXT_FIELDS:
        return Term("has", node.field)
    if isinstance(node, And):
        return And(*(lower(part, any_of=any_of) for part in node.parts))
    if isinstance(node, Or):
        return Or(*(lower(part, any_of=any_of) for part in node.parts))
    if isinstance(node, Not):
        return Not(lower(node.part))
    if isinstance(node, Boost):
        return Boost(lower(node.part, any_of=any_of), node.factor)
    return node
