"""What a reader may have meant: the words of the index as a vocabulary to correct by."""

import time
from weakref import WeakKeyDictionary

from .engines import Engine, get_engine
from .query import Query, SearchUnavailable
from .text import Vocabulary, suggest_spelling

MOST_WORDS = 30_000
FRESH = 300.0  # seconds

_known: "WeakKeyDictionary[Engine, tuple[float, Vocabulary]]" = WeakKeyDictionary()


def vocabulary(engine: Engine) -> Vocabulary:
    """The commonest words of the engine's documents, read anew every few minutes at most."""
    until, known = _known.get(engine, (0.0, None))
    if known is None or time.monotonic() > until:
        counts = engine.spelling(MOST_WORDS)
        if known is None or known.counts != counts:
            known = Vocabulary(counts)
        _known[engine] = (time.monotonic() + FRESH, known)
    return known


def did_you_mean(query: Query, *, engine: Engine | None = None) -> str:
    """`query.text` with its misspelt words corrected by the words of the index; "" if there is nothing to correct."""
    if not query.text.strip():
        return ""
    try:
        return suggest_spelling(query.text, vocabulary(engine or get_engine())) or ""
    except SearchUnavailable:
        return ""
