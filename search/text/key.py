"""The search key: what two spellings that people take for the same have in common. Never shown to anybody.

Beyond `normalise`: compatibility forms, case, Latin diacritics, Khmer digits, the repetition sign ៗ, traditional Chinese, and a few
pairs of spellings that are both in use (ឲ្យ/ឱ្យ/អោយ, ឳពុក/ឪពុក, ចម្រើន/ចំរើន, លំនៅដ្ឋាន/លំនៅឋាន, ទ្បើង/ឡើង). The signs ់ ៉ ៊ ័ always stay:
without them different words would become one.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from .khmer import CONSONANTS, order, visible
from .traditional import SIMPLIFIED

Script = Literal["khmer", "han", "number", "other"]

KHMER_BEGINS = "\u1780"  # every token below is of a script with spaces, or a number
KHMER = "\u1780-\u17b3\u17b6-\u17d3\u17dc\u17dd"
HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# What needs the slow way: anything but ASCII, Khmer, the usual Han, and punctuation that folds to nothing a key holds.
_FOREIGN = re.compile(
    "[^\x00-\x7f\u1780-\u17ff\u4e00-\u9fff\xa1-\xa7\xa9\xab\xac\xae\xb0\xb1\xb6\xb7\xbb\xbf\xd7\xf7\u2013\u2014\u201c\u201d\u2026\u2192"
    "\u3000-\u3004\u3008-\u3011\uff01-\uff06\uff08-\uff0d\uff1a-\uff1f]"
)
_DIACRITICS = re.compile("[\u0300-\u036f]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\uff07", "'"))
# Folded one for one: Khmer digits, traditional Chinese.
_PLAIN = {chr(0x17E0 + digit): str(digit) for digit in range(10)} | SIMPLIFIED
_NOT_PLAIN = re.compile(f"[{''.join(_PLAIN)}]")
_SPELLINGS = re.compile(f"អោយ(?!\u17cc)|ឳ(?=ពុក)|ម្(?=[រល])(?<=[{CONSONANTS}]ម្)")
_SPELLING = {"អោយ": "ឱ្យ", "ឳ": "ឪ", "ម្": "ំ"}
# The separators of thousands: 1,250 and 1,250.50 and 1.250.000; neither 2023,2024 nor 1.250, which may be a fraction.
_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+)*"
_LETTERS = rf"[^\W0-9_{KHMER}{HAN}]+(?:'[^\W0-9_{KHMER}{HAN}]+)*"
_HAN = re.compile(f"[{HAN}]")
TOKEN = re.compile(f"[{KHMER}]+|[{HAN}]+|{_NUMBER}|{_LETTERS}")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")


class Run(NamedTuple):
    """A stretch of one script in a folded text: `text` is `folded[start:end]`, but for the separators of thousands of a number."""

    script: Script
    text: str
    start: int
    end: int


def fold_pieces(text: str) -> str:
    """The part of folding that looks at one syllable or letter at a time; `respell` does the rest."""
    if text.isascii():
        return text.lower()
    text = visible(text).replace("\u2019", "'").replace("\u2018", "'")
    if text.isascii():
        return text.lower()
    if _FOREIGN.search(text):
        text = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)))
        text = unicodedata.normalize("NFKC", text.casefold()).translate(_APOSTROPHES)
        text = visible(text)
    else:
        text = text.lower()
    text = _NOT_PLAIN.sub(lambda match: _PLAIN[match[0]], text.replace("\u17d7", ""))
    return order(text).replace("\u17b2", "\u17b1").replace("ដ្ឋ", "ឋ").replace("ទ្ប", "ឡ")


def respell(text: str) -> str:
    """The pairs of spellings that reach over two syllables."""
    return _SPELLINGS.sub(lambda match: _SPELLING[match[0]], text)


def fold(text: str) -> str:
    """`text` folded, with its spaces and punctuation."""
    return respell(fold_pieces(text))


def script_of(token: str) -> Literal["khmer", "han", "other"]:
    """The script of a token of `TOKEN`, by its first character; numbers are other."""
    first = token[0]
    if first < KHMER_BEGINS:
        return "other"
    if first < "\u17e0":
        return "khmer"
    return "han" if "\u4e00" <= first <= "\u9fff" or _HAN.match(first) else "other"


def plain_number(run: str) -> str:
    """A number without separators of thousands."""
    run = run.replace(",", "")
    return run.replace(".", "") if _DOTTED.fullmatch(run) else run


@lru_cache(500)  # a title and a question are asked for theirs several times in a row
def runs(text: str) -> tuple[Run, ...]:
    """The stretches of one script in `text`, folded; spaces and punctuation belong to none."""
    found = []
    for match in TOKEN.finditer(fold(text)):
        run, number = match[0], match[0][0].isdecimal()
        script: Script = "number" if number else script_of(run)
        found.append(Run(script, plain_number(run) if number else run, match.start(), match.end()))
    return tuple(found)


def search_key(text: str) -> str:
    """`text` as search compares it: its folded runs with a space between. Equal keys match each other. Idempotent."""
    return " ".join(run.text for run in runs(text))
