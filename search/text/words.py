"""What an index holds of a text: words by dictionary, and pairs of clusters that find what the dictionary cuts wrongly.

One ICU word may swallow three (ក្រុងភ្នំពេញ), and nine of ten misspelt words are cut apart; pairs of neighbouring Khmer clusters or Han
characters, matched as a phrase, find both.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from icu4py.breakers import WordBreaker

from .key import Run, runs
from .khmer import BASES, COENG, MARKS
from .stem import stem

_CLUSTER = re.compile(f"[{BASES}](?:{COENG}[{BASES}]|[{MARKS}])*|[{MARKS}{COENG}\u17dc]+|.")


class Analysis(NamedTuple):
    """`words`: every script, in order, English stemmed. `bigrams`: Khmer and Han only; a run of one cluster gives that cluster."""

    words: list[str]
    bigrams: list[str]


@lru_cache(20_000)
def run_words(text: str, script: str) -> tuple[str, ...]:
    """The words of one run. Joined they are the run, but for stems."""
    if script == "khmer" or script == "han":
        return tuple(WordBreaker(text, "km" if script == "khmer" else "zh"))
    return (stem(text),) if script == "other" else (text,)


def clusters(run: Run) -> Sequence[str]:
    """Khmer clusters or Han characters of a run, in order; other scripts: the run itself."""
    if run.script == "khmer":
        return _CLUSTER.findall(run.text)
    return run.text if run.script == "han" else [run.text]


def pairs(units: Sequence[str]) -> list[str]:
    """Neighbours joined two by two; a single one alone."""
    if len(units) < 2:
        return list(units)
    return [first + second for first, second in pairwise(units)]


def analyse(text: str) -> Analysis:
    """`text` as an index keeps it."""
    all_words: list[str] = []
    all_pairs: list[str] = []
    for run in runs(text):
        all_words += run_words(run.text, run.script)
        if run.script == "khmer" or run.script == "han":
            all_pairs += pairs(clusters(run))
    return Analysis(all_words, all_pairs)


def words(text: str) -> list[str]:
    """The words of `text`: Khmer and Chinese by dictionary, English stems, numbers without separators of thousands."""
    return analyse(text).words


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Khmer clusters and of Han characters."""
    return analyse(text).bigrams
