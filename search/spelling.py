"""What a reader may have meant: the words of the index and of the thesaurus as a vocabulary to correct by."""

import time
from weakref import WeakKeyDictionary

from .engines import Engine, get_engine
from .query import Query, SearchUnavailable
from .synonyms import thesaurus
from .text import Vocabulary, suggest_spelling, vocabulary_words
from .thesaurus import Thesaurus

MOST_WORDS = 30_000
FRESH = 300.0  # seconds

_known: "WeakKeyDictionary[Engine, tuple[float, dict[str, int], Thesaurus, Vocabulary]]" = WeakKeyDictionary()


def vocabulary(engine: Engine) -> Vocabulary:
    """The commonest words of the engine's documents, read anew every few minutes at most, and the terms of the thesaurus: what means
    something here is right though no text says it.
    """
    terms, kept = thesaurus(), _known.get(engine)
    if kept and time.monotonic() < kept[0] and kept[2] is terms:
        return kept[3]
    counts = engine.spelling(MOST_WORDS)
    known = kept[3] if kept and kept[1:3] == (counts, terms) else Vocabulary(_said_by(terms) | counts)
    _known[engine] = (time.monotonic() + FRESH, counts, terms, known)
    return known


def _said_by(terms: Thesaurus) -> dict[str, int]:
    """The words of all terms, each as if one document held it."""
    return dict.fromkeys(vocabulary_words("\n".join(term for entry in terms.entries for term in (*entry.terms, *entry.means))), 1)


def did_you_mean(query: Query, *, engine: Engine | None = None) -> str:
    """`query.text` with its misspelt words corrected by the words of the index; "" if there is nothing to correct."""
    if not query.text.strip():
        return ""
    try:
        return suggest_spelling(query.text, vocabulary(engine or get_engine())) or ""
    except SearchUnavailable:
        return ""
