"""From what a reader means (`tree`) to what an index holds: analysed tokens in fields.

What matches: a chunk (a run of one script) where all its words do or the whole of it stands as cluster pairs; a word as a word or as
its cluster pairs in a row. Every chunk is required, or what the thesaurus has for it; words that say little may be absent. This is
looked up in one field (the body of the index holds the others too) and gives no score. What ranks: words in each field, a title more
than keywords, a summary, values, a body; and whole chunks found as they were typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from .prepared import FIELDS, title_key
from .stop_words import STOP
from .text import Run, runs
from .text.key import script_of
from .text.words import clusters, pairs, parts, run_words
from .thesaurus import Thesaurus, pieces_of
from .tree import TEXT_FIELDS, And, Beside, Better, Boost, Exists, Node, Not, Or, Phrase, Prefix, Term, Tokens, Words

WEIGHTS = {"title": 4.0, "keywords": 2.0, "summary": 2.0, "values": 1.0, "body": 1.0}
WORD, AS_TYPED, SYNONYM, FORM = 4.0, 4.0, 0.7, 2.0
PAIR, PART = 1.0, 0.5  # where nothing holds all words
WHOLE_TITLE, TITLE_BEGINS, SAID_TITLE = 40.0, 12.0, 10.0
# A question longer than this is a pasted page: its first words say enough.
MOST_WORDS = 32
# Of so few words even one that says little tells documents apart; in "发烧怎么办" two of three say little.
FEW = 2
Need = Literal["all", "any", "piece"]
EVERYWHERE = ("body", "values")
# Where a question as it was typed counts: the body holds the other fields, and a title says it best.
TYPED = ("title", "body")
NOTHING = Or()
_HAN_APART = re.compile(
    "(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff](?:[ \u3000]|$))|(?<=(?<![\u4e00-\u9fff])[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])"
)


def _pairs(run: Run, text: str = "") -> tuple[str, ...]:
    return tuple(pairs(clusters(run._replace(text=text or run.text)))) if run.script in ("khmer", "han") else ()


def _any(parts: Iterable[Node]) -> Node:
    """One of `parts`, without those that ask for all that another asks for and more."""
    needed = {part: frozenset(part.parts if isinstance(part, And) else (part,)) for part in parts}
    parts = tuple(part for part, needs in needed.items() if not any(other < needs for other in needed.values()))
    return parts[0] if len(parts) == 1 else Or(*parts)


def _all(parts: Iterable[Node]) -> Node:
    parts = tuple(parts)
    return parts[0] if len(parts) == 1 else And(*parts)


def _runs(text: str) -> list[Run]:
    found: list[Run] = []
    count = 0
    for run in runs(_HAN_APART.sub("", text[:2000])):
        count += len(run_words(run.text, run.script))
        if count > MOST_WORDS and found:
            break
        found.append(run)
    return found


class Lowering:
    """Lowers the trees of one question; see `lower`."""

    def __init__(self, thesaurus: Thesaurus, need: Need = "all") -> None:
        self.thesaurus = thesaurus
        self.need = need

    def lower(self, node: Node) -> Node:
        """`node` in an engine's terms."""
        if isinstance(node, Words):
            return self._words(node)
        if isinstance(node, Phrase):
            return _phrase(node)
        if isinstance(node, Prefix) and (node.field is None or node.field in TEXT_FIELDS):
            return _prefix(node)
        if isinstance(node, Exists) and node.field in TEXT_FIELDS:
            return Term("has", node.field)
        if isinstance(node, And):
            return And(*map(self.lower, node.parts))
        if isinstance(node, Or):
            return Or(*map(self.lower, node.parts))
        if isinstance(node, Not):
            return Not(Lowering(self.thesaurus).lower(node.part))
        if isinstance(node, Boost):
            return Boost(self.lower(node.part), node.factor)
        return node

    def _some(self, slot: "_Slot", fields: Sequence[str]) -> Iterable[Node]:
        if slot.others:
            yield _slot(slot, fields)
        if self.need == "piece" or not slot.others:
            yield from _single_words(slot.runs, fields)
        if self.need == "piece":
            yield from _pieces(slot.runs, fields)

    def _words(self, node: Words) -> Node:
        found = _runs(node.text)
        if not found:
            return NOTHING
        fields = (node.field,) if node.field else EVERYWHERE
        slots = list(_slots(found, self.thesaurus))
        telling = [slot for slot in slots if slot.others or not STOP.issuperset(_words_of(slot.runs))] or slots
        if self.need == "all":
            match = _all(_slot(slot, fields) for slot in telling)
        else:
            # A term is one thing: a word of it says something else, and is looked for only where nothing says the term.
            match = _any(part for slot in telling for part in self._some(slot, fields))
        if node.field:
            return Better(match, _added(_better(found, fields)))
        pieces = _pieces(found, TYPED) if self.need != "all" else ()
        others = [run for slot in slots for other in slot.others for run in _runs(other)]
        said = [_worth(word, field, SYNONYM) for word in dict.fromkeys(_words_of(others)) for field in ("title", *fields)]
        titles = [*_titles(node.text), *(Boost(Term("exact", title_key(other)), SAID_TITLE) for slot in slots for other in slot.others)]
        return Better(match, _added((*pieces, *said, *_better(found, FIELDS, as_typed=self.need == "all" or len(telling) == 1), *titles)))


def _added(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The same tokens once, for what they are worth together: two scores of one word are the work of two words."""
    worth: dict[tuple[str, tuple[str, ...]], Tokens] = {}
    others = []
    for node in nodes:
        if not isinstance(node, Tokens):
            others.append(node)
            continue
        known = worth.get((node.field, node.tokens))
        worth[node.field, node.tokens] = replace(node, boost=node.boost + known.boost) if known else node
    return (*worth.values(), *others)


class _Slot:
    """A piece of a question that must be found: runs, or what else they may be called."""

    def __init__(self, runs: list[Run], others: tuple[str, ...] = ()) -> None:
        self.runs = runs
        self.others = others


def _slots(found: Sequence[Run], thesaurus: Thesaurus) -> Iterable[_Slot]:
    """Runs as they are, but for those that hold terms of the thesaurus: these are cut around them."""
    cut = [run_words(run.text, run.script) for run in found]
    tokens = [(piece, place) for place, words in enumerate(cut) for word in words for piece in pieces_of(word)]
    spans = list(thesaurus.spans([word for words in cut for word in words]))

    def pieces(start: int, end: int) -> list[Run]:
        places = dict.fromkeys(place for _, place in tokens[start:end])
        return [
            found[place]._replace(text="".join(piece for piece, at in tokens[start:end] if at == place))
            if found[place].script in ("khmer", "han")
            else found[place]
            for place in places
        ]

    position = 0
    for span in [*spans, None]:
        end = span.start if span else len(tokens)
        for run in pieces(position, end):
            yield _Slot([run])
        if span:
            yield _Slot(pieces(span.start, span.end), span.others)
            position = span.end


def _words_of(found: Iterable[Run]) -> list[str]:
    return [word for run in found for word in run_words(run.text, run.script)]


def _ranks(field: str, kind: Literal["w", "g"], tokens: tuple[str, ...], factor: float) -> Tokens:
    """What tokens are worth where they stand in a field. A title says what a document is about however long it is and however often
    others say it.
    """
    return Tokens(f"{field}_{kind}", tokens, factor * WEIGHTS[field], flat=field == "title")


def _worth(word: str, field: str, factor: float = 1.0) -> Node:
    """A Chinese word of two characters as their pair: it is that wherever the dictionary cuts."""
    return _ranks(field, "g" if len(word) == 2 and script_of(word) == "han" else "w", (word,), factor * WORD)


def _word(word: str, run: Run, fields: Iterable[str]) -> Node:
    """Where a word stands. Finding pairs in a row is ten times the work of finding a word: it is done where the word is not."""
    parts: list[Node] = []
    grams = _pairs(run, word)
    for field in fields:
        whole, row = Tokens(f"{field}_w", (word,)), Tokens(f"{field}_g", grams)
        if len(grams) == 1 and len(clusters(run._replace(text=word))) == 2:
            parts.append(row)  # wherever the word is, it is this pair
        else:
            parts.append(whole)
            if grams:
                parts.append(row if len(grams) == 1 else Beside(whole, row))
    return _any(parts)


def _chunk(run: Run, fields: Sequence[str]) -> Node:
    words = run_words(run.text, run.script)
    telling = list(dict.fromkeys([word for word in words if word not in STOP] or words))
    match = _all(_word(word, run, fields) for word in telling)
    if all(len(clusters(run._replace(text=word))) > 1 for word in telling):
        return match  # where the whole stands as pairs, so do they
    return Or(match, *(Tokens(f"{field}_g", _pairs(run)) for field in fields)) if len(words) > 1 else match


def _slot(slot: _Slot, fields: Sequence[str]) -> Node:
    return _any(_all(_chunk(run, fields) for run in called) for called in (slot.runs, *map(_runs, slot.others)))


def _single_words(found: Sequence[Run], fields: Sequence[str]) -> list[Node]:
    alone = len(_words_of(found)) == 1
    return [_word(word, run, fields) for run in found for word in run_words(run.text, run.script) if alone or word not in STOP]


def _pieces(found: Iterable[Run], fields: Sequence[str]) -> Iterable[Tokens]:
    """What may stand where the words do not: the pairs, which hold whatever the dictionary makes of them, and what words are made of."""
    for run in found:
        if run.script not in ("khmer", "han"):
            continue
        kind: Literal["w", "g"] = "w" if run.script == "khmer" else "g"
        small = dict.fromkeys(part for word in run_words(run.text, run.script) for part in parts(word) or (word,) if part not in STOP)
        for field in fields:
            yield from (_ranks(field, "g", (pair,), PAIR) for pair in dict.fromkeys(_pairs(run)))
            yield from (_ranks(field, kind, (part,), PART) for part in small)


def _better(found: Sequence[Run], fields: Sequence[str], as_typed: bool = True) -> Iterable[Node]:
    """What ranks higher: words in a weightier field, and chunks, words and (``as_typed``) English forms as they were typed. Where some of
    several words will do, singular and plural give one list.
    """
    words = tuple(_words_of(found))
    telling = words if len(words) <= FEW else [word for word in words if word not in STOP] or words
    forms = [run.text for run in found if as_typed and run.script == "other" and run.text not in words]
    for field in fields:
        yield from (_worth(word, field) for word in dict.fromkeys(telling))
        if field in TYPED or len(fields) == 1:
            # In a body one word as it was typed is that word once more, and its pairs in a row are dear.
            chunks = [run for run in _glued(found) if field == "title" or len(run_words(run.text, run.script)) > 1]
            yield from (_ranks(field, "g", grams, AS_TYPED) for run in chunks if (grams := _pairs(run)))
            yield from (_ranks(field, "g", (form,), FORM) for form in forms)
            if len(found) > 1:
                yield _ranks(field, "w", words, AS_TYPED)


def _glued(found: Sequence[Run]) -> Iterable[Run]:
    """Each run, and those of Khmer or Han with only a space between as one: people put a space where texts have none."""
    yield from found
    for run, following in pairwise(found):
        if run.script == following.script in ("khmer", "han") and run.end + 1 == following.start:
            yield run._replace(text=run.text + following.text)


def _titles(text: str) -> Iterable[Node]:
    """The question is a title, or begins one."""
    if key := title_key(text):
        yield Boost(Term("exact", key), WHOLE_TITLE)
        yield Boost(Prefix(key, "exact"), TITLE_BEGINS)


def _phrase(node: Phrase) -> Node:
    """Chunks as cluster pairs, whatever the dictionary makes of them; across scripts and in English the words in their order."""
    found = _runs(node.text)
    if not found:
        return NOTHING
    words = tuple(word for run in found for word in run_words(run.text, run.script))

    def within(field: str) -> Node:
        parts: list[Node] = [Tokens(f"{field}_g", grams, WEIGHTS[field]) for run in found if (grams := _pairs(run))]
        if len(parts) != 1 or len(found) > 1:
            parts.append(Tokens(f"{field}_w", words, WORD * WEIGHTS[field]))
        return _all(parts)

    if node.field:
        return within(node.field)
    return Better(_any(map(within, EVERYWHERE)), _added((*_better(found, FIELDS), *_titles(node.text))))


def _prefix(node: Prefix) -> Node:
    found = _runs(node.text)
    if not found:
        return NOTHING
    fields, last = (node.field,) if node.field else EVERYWHERE, found[-1]
    begun = Or(*(Boost(Prefix(last.text, f"{field}_w"), WEIGHTS[field]) for field in fields), _chunk(last, fields))
    return _all((*(_chunk(run, fields) for run in found[:-1]), begun))


@lru_cache(500)  # whoever turns a page or picks a facet asks the same again
def lower(node: Node, thesaurus: Thesaurus | None = None, need: Need = "all") -> Node:
    """`node` in an engine's terms, with the synonyms of `thesaurus`. What content must hold of each `Words`: all of them, any, or a
    piece of one (two neighbouring clusters or characters, a part of a compound).
    """
    return Lowering(thesaurus or Thesaurus(), need).lower(node)
