"""What a reader has typed so far, and what it may become, in one form: keys without spaces, so that unspaced Khmer is no special case.

A key of a title begins with a key of the typed text where the typed text may become the title from one of its words on.
"""

import re

from .compounds import CLUSTER, khmer_parts
from .key import runs
from .khmer import CONSONANTS, MARKS
from .words import run_words

LONGEST = 60
# A last cluster that may still become another letter of the key: ម្ before រ, ដ្ឋ, ទ្ប, អោយ, ឳពុក, split vowels, U for a shifter.
_UNFINISHED = (
    (re.compile(f"(?<=[{CONSONANTS}])ម$"), ("ំ",)),
    (re.compile("ដ$"), ("ឋ",)),
    (re.compile("ទ$"), ("ឡ",)),
    (re.compile("អោ?$"), ("ឱ",)),
    (re.compile("ឳ(?=ពុ?$|$)"), ("ឪ",)),
    (re.compile("\u17c1$"), ("\u17c4", "\u17be")),
    (re.compile("\u17bb$"), ("\u17ca", "\u17c9")),
)
_LAST_MARKS = re.compile(f"[{MARKS}]+$")


def completion_keys(text: str) -> list[str]:
    """The keys of a title, a name or a term: from each of its words to its end (of a Chinese text, from each character)."""
    pieces: list[str] = []
    for run in runs(text):
        for word in run_words(run.text, run.script) if run.script in ("khmer", "han") else (run.text,):
            pieces += word if run.script == "han" else khmer_parts(word) or (word,) if run.script == "khmer" else (word,)
    return ["".join(pieces[place:])[:LONGEST] for place in range(len(pieces))]


def typed_keys(text: str) -> list[str]:
    """The beginnings to look for, the likeliest first. The first is the text as typed, the others allow for a Khmer cluster
    typed by half (ចម may become ចម្រើន, whose key is ចំរើន), the last is without its vowel; none if there is nothing to look for.
    """
    key = "".join(run.text for run in runs(text))[:LONGEST]
    keys = [key]
    for ending, others in _UNFINISHED:
        keys += [ending.sub(other, key) for other in others if ending.search(key)]
    last = CLUSTER.findall(key)[-1:] if key else []
    if last and last[0][0] in "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ":
        keys.append(_LAST_MARKS.sub("", key))
    return [one for one in dict.fromkeys(keys) if one]
