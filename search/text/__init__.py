"""Khmer, Chinese and Latin text for search: one spelling for what looks alike, words, cluster pairs, highlights.

A library: plain functions over `str`, no framework, no state but caches. Documents and queries must be analysed by the same
`ANALYSIS_VERSION`: whoever keeps an index stores it beside the index and rebuilds when it differs.

Sources: Unicode L2/22-290 "Khmer encoding structure" (order inside a syllable), UAX #29 and ICU's Khmer and Chinese dictionaries
(words), M. F. Porter, "An algorithm for suffix stripping" (1980).
"""

from .highlight import Excerpt, excerpt, highlight
from .key import Run, runs, search_key
from .khmer import normalise
from .version import ANALYSIS_VERSION
from .words import Analysis, analyse, bigrams, words

__all__ = [
    "ANALYSIS_VERSION",
    "Analysis",
    "Excerpt",
    "Run",
    "analyse",
    "bigrams",
    "excerpt",
    "highlight",
    "normalise",
    "runs",
    "search_key",
    "words",
]
