"""English stems: Snowball's Porter2 (M. F. Porter, https://snowballstem.org/algorithms/english/stemmer.html), from Tantivy's library.

Around it, because it leaves apart what readers take for one: irregular forms of everyday words, British and American spellings, and
the noun of a verb ("register" and "registration", "apply" and "application", "pay" and "payment"). That much in one stem is safe
because whoever ranks can tell the form that was written (`Analysis.forms`).
"""

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

_PORTER2 = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.stemmer("english")).build()
_ENGLISH = re.compile(r"[a-z]+")
_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "people": "person", "feet": "foot", "teeth": "tooth", "mice": "mouse"}
_IRREGULAR |= {"wives": "wife", "paid": "pay", "sold": "sell", "bought": "buy", "built": "build", "lost": "lose", "stolen": "steal"}
_IRREGULAR |= {"programme": "program", "programmes": "program", "taxation": "tax"}
_RULES = tuple(
    (re.compile(f"(?:{rule})$"), put)
    for rule, put in (
        (r"(col|lab|neighb|harb|hon|fav|behavi|hum|rum|vap|flav|endeav)our([a-z]*)", r"\1or\2"),
        (r"(?<=[a-z]{3})is(e[drs]?|ing|ations?|able)", r"iz\1"),  # organisation
        (r"(?<=analy)s(e[drs]?|ing)", r"z\1"),
        (r"(cent|met|lit|heat|fib)re(s?)", r"\1er\2"),
        (r"(lic|def|off)ence(s?)", r"\1ense\2"),
        (r"(f|pl)ica(?:tion|te|nt)s?", r"\1y"),  # application, certificate
        (r"(?<=[a-z]{3}ain)ts?", ""),  # complaint
        (r"(?<=[a-z]{4})ships?", ""),
        (r"(?<=[a-z]{3}i)ages?", ""),  # marriage
    )
)
_MENT = re.compile(r"(?<=[a-z]{3})ment$")  # payment; Porter2 takes it from longer words only
# registr(ation), registri (registry), registrar: regist, as "register" itself gives. Two syllables before it: not "pastry".
_AGENT = re.compile(r"([a-z]*[aeiouy][^aeiouy]+[aeiouy][^aeiouy]*st)(?:r|ri|rar)")


@lru_cache(50_000)
def stem(word: str) -> str:
    """The stem of a folded English word; any other word as it is. A possessive 's goes."""
    word = word.removesuffix("'s")
    if len(word) < 3 or not _ENGLISH.fullmatch(word):
        return word
    word = _IRREGULAR.get(word, word)
    for rule, put in _RULES:
        word = rule.sub(put, word)
    stemmed = _MENT.sub("", _PORTER2.analyze(word)[0])
    agent = _AGENT.fullmatch(stemmed)
    return agent[1] if agent else stemmed


def beginning(stemmed: str) -> str:
    """How every word begins whose stem is `stemmed` (or a number is, without its separators)."""
    return stemmed[:3] if len(stemmed) > 3 and stemmed.isalpha() and stemmed not in _IRREGULAR.values() else stemmed[:1]
