"""Khmer, Chinese and Latin text for search: one spelling for what looks alike, words, cluster pairs, highlights, corrections.

A library: plain functions over `str`, no framework, no state but caches. Documents and queries must be analysed by the same
`ANALYSIS_VERSION`: whoever keeps an index stores it beside the index and rebuilds when it differs.

Sources: Unicode L2/22-290 "Khmer encoding structure" (order inside a syllable), UAX #29 and ICU's Khmer and Chinese dictionaries
(words), Snowball's Porter2 (English stems), SymSpell (corrections).
"""

from .completion import completion_keys, typed_keys
from .highlight import Excerpt, excerpt, highlight
from .key import Run, runs, search_key
from .khmer import normalise
from .spelling import Vocabulary, suggest_spelling, vocabulary_words
from .version import ANALYSIS_VERSION
from .words import BREAK, Analysis, analyse, bigrams, parts, words

__all__ = [
    "ANALYSIS_VERSION",
    "BREAK",
    "Analysis",
    "Excerpt",
    "Run",
    "Vocabulary",
    "analyse",
    "bigrams",
    "completion_keys",
    "excerpt",
    "highlight",
    "normalise",
    "parts",
    "runs",
    "search_key",
    "suggest_spelling",
    "typed_keys",
    "vocabulary_words",
    "words",
]
