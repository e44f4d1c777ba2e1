"""Which slips are likely: keys side by side or one key with and without shift, letters that look or sound alike."""

from itertools import pairwise

from .khmer import COENG

# Rows of keys, each without and with shift: Khmer (NiDA, the layout of Windows, Android and iOS) and English. "·": two letters or none.
_ROWS = (
    ("ឆឹេរតយុិោផៀឪ", "ឈឺែឬទួូីៅភឿឧ"),
    ("ាសដថងហ្កលើ់", "·ៃឌធអះញគឡ·៉"),
    ("ឋខចវបនម·៊", "ឍឃជ·ពណំ··"),
    ("qwertyuiop", ""),
    ("asdfghjkl", ""),
    ("zxcvbnm", ""),
)
# By sight (ឡល, ឝស, ឯង, ញព …), by sound (short and long vowels, the two series), and what keys fold into (ម្ to ំ).
_ALIKE = """
ិី ិឹ ីឺ ឹឺ ុូ េែ ែៃ េើ ើឿ ៀឿ ោៅ ៉៊ ់៍ ះៈ មំ ាះ ័៌ ័់ ៍៌ លឡ សឝ ងឯ ពញ តដ ទត ឋថ ឌដ ណន ទឌ ផជ ឆភ ឥឦ ឧឩ
គក ឃខ ជច ឈឆ ធថ ពប ភផ ឍឋ ឬរ ឮល វអ យវ ae ei ou ck cs sz vw iy mn
"""


def _slips() -> dict[tuple[str, str], float]:
    likely: dict[tuple[str, str], float] = {}
    for plain, shifted in _ROWS:
        beside = [*pairwise(plain), *pairwise(shifted)]
        for first, second in beside:
            likely[first, second] = likely[second, first] = 0.7
        for first, second in zip(plain, shifted, strict=False):
            likely[first, second] = likely[second, first] = 0.5
    for pair in _ALIKE.split():
        likely[pair[0], pair[1]] = likely[pair[1], pair[0]] = 0.4
    return likely


SLIPS = _slips()
# A letter left out or two swapped say which slip it was; a wrong or an extra letter could have been any.
SWAPPED, DOUBLED, MISSING, EXTRA, WRONG = 0.6, 0.6, 0.7, 1.4, 1.6


def edit_cost(typed: str, word: str) -> float | None:
    """How unlikely it is that `typed` was meant to be `word`: 0 if equal, about 1 for one slip of any kind, None beyond one slip."""
    start, shorter = 0, min(len(typed), len(word))
    while start < shorter and typed[start] == word[start]:
        start += 1
    end = 0
    while end < shorter - start and typed[-1 - end] == word[-1 - end]:
        end += 1
    was, meant = typed[start : len(typed) - end], word[start : len(word) - end]
    was, meant = was.replace(COENG, "") or was, meant.replace(COENG, "") or meant  # a subscript goes with its sign
    if len(was) == 1 and len(meant) == 1:
        return SLIPS.get((was, meant), WRONG)
    if len(was) + len(meant) == 1:
        doubled = start > 0 and (was or meant) == word[start - 1]
        return DOUBLED if doubled else MISSING if meant else EXTRA
    if len(was) < 4 and sorted(was) == sorted(meant):
        return SWAPPED
    return None if was or meant else 0.0
