"""Words inside Khmer compounds that ICU's dictionary holds as one: ដីធ្លី is found by ដី, while កា does not stand in ការ.

ICU gives no access to its dictionary, but it can be asked: it cuts a word of its own away from a twin. A compound is cut at the last
boundary of clusters where both sides are such words and both could be words by their sound; the left side again.
"""

import re
from functools import lru_cache

from icu4py.breakers import WordBreaker

from .key import script_of
from .khmer import BASES, COENG, MARKS

CLUSTER = re.compile(f"[{BASES}](?:{COENG}[{BASES}]|[{MARKS}])*|[{MARKS}{COENG}\u17dc]+|.")
# A cluster alone is a word only if it ends in a long vowel, ំ or ះ; with ា only under a subscript, shifter or ំ, since សា, កា, លា
# stand in hundreds of words by chance.
_SYLLABLE = re.compile(
    f"[{BASES}](?:{COENG}[{BASES}])*[\u17c9\u17ca]?(?:[\u17b8\u17ba\u17bc-\u17c0\u17c2-\u17c5]|\u17bb?\u17c6|\u17b6\u17c6|[{MARKS}]*\u17c7)"
    f"|[{BASES}](?:(?:{COENG}[{BASES}])+[\u17c9\u17ca]?|[\u17c9\u17ca])\u17b6"
)
_PRESYLLABLE = re.compile(f"[{BASES}](?:{COENG}[{BASES}])*\u17c6")  # សំ, កំ, ជំ: begin a word, seldom are one
_FINAL = re.compile(f"[{BASES}]\u17cb")  # a cluster with ់ ends a syllable


@lru_cache(50_000)
def _known(word: str) -> bool:
    """Whether ICU's dictionary holds `word`."""
    return list(WordBreaker(word + word, "km")) == [word, word]


def in_dictionary(word: str) -> bool:
    """Whether `word` is a word of ICU's dictionaries, and if it is Khmer sounds like one; any Chinese character is."""
    if script_of(word) == "han":
        return len(word) == 1 or _known(word)
    return _may_stand(CLUSTER.findall(word), first=True) and _known(word)


def _may_stand(units: list[str], *, first: bool) -> bool:
    if _FINAL.fullmatch(units[0]):
        return False
    if len(units) > 1:
        return True
    return bool(_SYLLABLE.fullmatch(units[0])) and not (first and _PRESYLLABLE.fullmatch(units[0]))


@lru_cache(50_000)
def khmer_parts(word: str) -> tuple[str, ...]:
    """The words a Khmer compound is made of, in order: joined they are `word`. None of them if it is no compound."""
    units = CLUSTER.findall(word)
    for place in range(len(units) - 1, 0, -1):
        if not (_may_stand(units[:place], first=True) and _may_stand(units[place:], first=False)):
            continue
        left, right = "".join(units[:place]), "".join(units[place:])
        if _known(left) and _known(right):
            return (*(khmer_parts(left) or (left,)), right)
    return ()
