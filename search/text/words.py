"""What an index holds of a text: words by dictionary, words inside words, and pairs of clusters that find what the dictionary cuts wrongly.

One ICU word may swallow three (ក្រុងភ្នំពេញ), and nine of ten misspelt words are cut apart; pairs of neighbouring Khmer clusters or Han
characters, matched as a phrase, find both. A word of one cluster makes no pair: inside a compound it is found as a part of it.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple

from icu4py.breakers import WordBreaker

from .compounds import CLUSTER, khmer_parts
from .key import KHMER_BEGINS, TOKEN, Run, fold, plain_number, runs, script_of
from .stem import stem

# Stands between two texts: no phrase reaches over it. A token for every engine (not white space), and never one of a text.
BREAK = "\u00b6"
_TOKEN_OR_BREAK = re.compile(f"{TOKEN.pattern}|{BREAK}")


class Analysis(NamedTuple):
    """`words`: every script, in order, English stemmed. `parts`: what Khmer and Chinese words are made of (the words in a compound,
    the characters of a Chinese word), as far as it is less than the word; weigh them less.
    `bigrams`: Khmer and Han only; a run of one cluster gives that cluster. `forms`: English words as written, where the stem is less.
    """

    words: list[str]
    parts: list[str]
    bigrams: list[str]
    forms: list[str]


@lru_cache(50_000)
def plain_word(token: str) -> str:
    """A token of any other script as an index holds it."""
    return plain_number(token) if "0" <= token[0] <= "9" else stem(token)


@lru_cache(50_000)
def parts(word: str) -> tuple[str, ...]:
    """What a Khmer or Han word is made of; nothing if it is the smallest itself."""
    if script_of(word) == "han":
        return tuple(word) if len(word) > 1 else ()
    return khmer_parts(word) if word != BREAK else (BREAK,)


@lru_cache(20_000)
def run_words(text: str, script: str) -> tuple[str, ...]:
    """The words of one run. Joined they are the run, but for stems."""
    if script == "khmer" or script == "han":
        return tuple(WordBreaker(text, "km"))
    return (plain_word(text),)


def clusters(run: Run) -> Sequence[str]:
    """Khmer clusters or Han characters of a run, in order; other scripts: the run itself."""
    if run.script == "khmer":
        return CLUSTER.findall(run.text)
    return run.text if run.script == "han" else [run.text]


def pairs(units: Sequence[str]) -> list[str]:
    """Neighbours joined two by two; a single one alone."""
    return list(map(add, units, units[1:])) if len(units) > 1 else list(units)


def _tokens(text: str, tokens_of: re.Pattern[str] = TOKEN) -> tuple[list[str], list[str], list[str]]:
    """The tokens of `text`; those among them that a dictionary cuts; and ICU's words of these in one pass, a line feed after each
    token's. The dictionaries go by script, not by locale.
    """
    tokens = tokens_of.findall(fold(text))
    uncut = [token for token in tokens if (token >= KHMER_BEGINS and script_of(token) != "other") or token == BREAK]
    return tokens, uncut, list(WordBreaker("\n".join((*uncut, "")), "km")) if uncut else []


def _in_order(tokens: list[str], uncut: list[str], cut: list[str]) -> list[str]:
    """The words of all tokens, from what `_tokens` gave."""
    if not uncut:
        return list(map(plain_word, tokens))
    if len(uncut) == len(tokens):
        return [word for word in cut if word != "\n"]
    found: list[str] = []
    last, ahead = 0, iter((*uncut, ""))
    following = next(ahead)
    for token in tokens:
        if token is following:
            end = cut.index("\n", last)
            found += cut[last:end]
            last = end + 1
            following = next(ahead)
        else:
            found.append(plain_word(token))
    return found


def words(text: str) -> list[str]:
    """The words of `text`: Khmer and Chinese by dictionary, English stems, numbers without separators of thousands."""
    return _in_order(*_tokens(text))


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Khmer clusters and of Han characters."""
    return [pair for run in runs(text) if run.script in ("khmer", "han") for pair in pairs(clusters(run))]


def analyse(*texts: str) -> Analysis:
    """`texts` as an index keeps them, with `BREAK` between the words, parts and bigrams of two. Looked at in one pass: opening the
    dictionaries takes longer than reading a title.
    """
    tokens, uncut, cut = _tokens(f"\n{BREAK}\n".join(text.replace(BREAK, " ") for text in texts), _TOKEN_OR_BREAK)
    grams: list[str] = []
    for token in uncut:
        units = CLUSTER.findall(token) if script_of(token) == "khmer" else token
        grams += map(add, units, units[1:]) if len(units) > 1 else units
    forms = [token for token in tokens if token < KHMER_BEGINS and plain_word(token) != token] if len(uncut) < len(tokens) else []
    return Analysis(_in_order(tokens, uncut, cut), list(chain.from_iterable(map(parts, cut))), grams, forms)
