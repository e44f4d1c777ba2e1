"""English stems: Snowball's Porter2 (M. F. Porter, https://snowballstem.org/algorithms/english/stemmer.html), from Tantivy's library.

Beside it: irregular plurals of everyday words, and one rule of our own, because a reader who asks for "register" means "registration",
"registry" and "registrar" too, and who asks for "minister" the ministry.
"""

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

_PORTER2 = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
_ENGLISH = re.compile(r"[a-z]+")
_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "people": "person", "feet": "foot", "teeth": "tooth", "mice": "mouse"}
# registr(ation), registri (registry), registrar: regist, as "register" itself gives. Two syllables before it: not "pastry".
_AGENT = re.compile(r"([a-z]*[aeiouy][^aeiouy]+[aeiouy][^aeiouy]*st)(?:r|ri|rar)")


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a folded English word; any other word as it is. A possessive 's goes."""
    word = word.removesuffix("'s")
    if len(word) < 3 or not _ENGLISH.fullmatch(word):
        return word
    stemmed: str = _PORTER2.analyze(_IRREGULAR.get(word, word))[0]
    agent = _AGENT.fullmatch(stemmed)
    return agent[1] if agent else stemmed


def beginning(stemmed: str) -> str:
    """How every word begins whose stem is `stemmed` (or a number is, without its separators)."""
    return stemmed[:3] if len(stemmed) > 3 and stemmed.isalpha() and stemmed not in _IRREGULAR.values() else stemmed[:1]
