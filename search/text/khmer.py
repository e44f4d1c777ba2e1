"""One spelling for Khmer that looks alike.

The signs of a Khmer syllable can be typed in many orders that are drawn the same. `normalise` puts them in the order of Unicode
L2/22-290: base, robat, subscripts (RO last), shifter, vowel, signs; joins split vowels; and drops what is not seen.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

COENG = "\u17d2"
BASES = "\u1780-\u17a2\u17a5-\u17b3\u25cc"
CONSONANTS = "\u1780-\u17a2"
MARKS = "\u17b6-\u17d1\u17d3\u17dd"
# Soft hyphen, joiners, zero-width and direction signs, inherent vowels: nothing a reader sees.
INVISIBLE = "\u00ad\u034f\u061c\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"

_ROBAT, _MUUSIKATOAN, _TRIISAP = "\u17cc", "\u17c9", "\u17ca"
_AA, _II, _U, _OE, _E, _AE, _OO, _NIKAHIT = "\u17b6", "\u17b8", "\u17bb", "\u17be", "\u17c1", "\u17c2", "\u17c4", "\u17c6"
_DA, _TA, _BA, _RO = "\u178a", "\u178f", "\u1794", "\u179a"


def _slots(*groups: Iterable[int]) -> dict[str, int]:
    return {chr(code): slot for slot, group in enumerate(groups) for code in group}


_SLOT = _slots(
    (0x17C9, 0x17CA),  # shifters
    range(0x17BE, 0x17C6),  # vowels written before or around
    (0x17BB, 0x17BC, 0x17BD),  # below
    range(0x17B7, 0x17BB),  # above
    (0x17B6,),  # after
    (0x17C6, 0x17CB, *range(0x17CD, 0x17D2), 0x17D3, 0x17DD),  # signs
    (0x17C7, 0x17C8),  # visarga-like, last
)
_ABOVE = frozenset("\u17b7\u17b8\u17b9\u17ba\u17be\u17bf\u17d0\u17dd")
# Under these bases a U typed below a vowel above stands for triisap; under the others for muusikatoan.
_STRONG = frozenset(
    chr(code)
    for first, last in (
        (0x1780, 0x1783),
        (0x1785, 0x1788),
        (0x178A, 0x178D),
        (0x178F, 0x1792),
        (0x1795, 0x1797),
        (0x179E, 0x17A0),
        (0x17A2, 0x17A2),
    )
    for code in range(first, last + 1)
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SIGNS = "\u17c6\u17cb\u17cd-\u17d1\u17d3\u17dd"
# What certainly is in order already, after its base: robat, subscripts (no DA, RO last), one shifter, one vowel, one sign, visarga.
_IN_ORDER = (
    f"\u17cc?+(?:{COENG}[\u1780-\u1789\u178b-\u1799\u179b-\u17a2\u17a5-\u17b3\u25cc])*+(?:{COENG}\u179a)?+[\u17c9\u17ca]?+"
    f"(?:[\u17b6-\u17ba\u17bc-\u17c5][{_SIGNS}]?+|\u17bb[\u17c6\u17cb\u17cd-\u17cf\u17d1\u17d3]?+|[{_SIGNS}])?+[\u17c7\u17c8]?+"
)
# Most text is in order: only the syllables that perhaps are not come to Python.
_SYLLABLE = re.compile(f"[{BASES}](?=[{MARKS}{COENG}])(?!{_IN_ORDER}(?![{MARKS}{COENG}]))(?:{COENG}+[{BASES}]|[{MARKS}{COENG}])+")
_PARTS = re.compile(f"{COENG}+([{BASES}])|([{MARKS}])")
_DEPRECATED = {
    "\u17a3": "\u17a2",
    "\u17a4": "\u17a2\u17b6",
    "\u17a8": "\u17a7\u1780",
    "\u17d8": "\u17d4\u179b\u17d4",
}
_ANY_DEPRECATED = re.compile(f"[{''.join(_DEPRECATED)}]")


@lru_cache(20_000)
def _ordered(syllable: str) -> str:
    """The one spelling of a syllable of a base and at least one sign."""
    base = syllable[0]
    subscripts: list[str] = []
    marks: list[str] = []
    for subscript, mark in _PARTS.findall(syllable):
        if subscript:
            subscripts.append(_TA if subscript == _DA else subscript)  # drawn the same
        else:
            marks.append(mark)
    if _RO in subscripts:
        subscripts = [c for c in subscripts if c != _RO] + [c for c in subscripts if c == _RO]
    if len(marks) > 1:
        marks = _joined(marks, [base, *subscripts])
    robat = _ROBAT if _ROBAT in marks else ""
    return base + robat + "".join(COENG + c for c in subscripts) + "".join(c for c in marks if c != _ROBAT)


def _joined(marks: list[str], bases: list[str]) -> list[str]:
    """Each mark once, split vowels as one, in their order."""
    if marks.count(_E) > 1:  # two E side by side look like AE
        marks = [_AE, *(c for c in marks if c != _E)]
    found = set(marks)
    for vowel in (_AA, _II):
        if _E in found and vowel in found:
            found -= {_E, vowel}
            found.add(_OO if vowel == _AA else _OE)
    if (
        _U in found
        and not found & {_MUUSIKATOAN, _TRIISAP}
        and (found & _ABOVE or {_AA, _NIKAHIT} <= found)  # below such a vowel the shifter is drawn as U
    ):
        found.discard(_U)
        found.add(_TRIISAP if _BA not in bases and any(c in _STRONG for c in bases) else _MUUSIKATOAN)
    return sorted(found, key=lambda c: (_SLOT.get(c, 5), c))


def visible(text: str) -> str:
    """`text` without the characters nobody sees (zero-width spaces and joiners, soft hyphens, direction signs, inherent vowels)."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def order(text: str) -> str:
    """`text`, already visible and composed, with deprecated letters replaced and every syllable in its one spelling."""
    text = _ANY_DEPRECATED.sub(lambda match: _DEPRECATED[match[0]], text)
    return _SYLLABLE.sub(lambda match: _ordered(match[0]), text)


def normalise(text: str) -> str:
    """Canonical Khmer: strings that look the same become the same string, and look as before. Other scripts: NFC. Idempotent."""
    if text.isascii():
        return text
    text = order(unicodedata.normalize("NFC", visible(text)))
    return unicodedata.normalize("NFC", text)  # ordering can bring combining signs of two scripts side by side
