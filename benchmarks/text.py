"""How fast text is analysed, marked and corrected: `python benchmarks/text.py [kilobytes per language]`.

Texts: every sentence of the sample city (pages and datasets, three languages), shuffled from a fixed seed into documents of 2 kB.
Processor time of one core, the best of three. ICU alone cuts the same texts into words and does nothing else.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from icu4py.breakers import WordBreaker  # noqa: E402

from search.text import (  # noqa: E402
    Vocabulary,
    analyse,
    excerpt,
    highlight,
    normalise,
    search_key,
    suggest_spelling,
    vocabulary_words,
    words,
)
from search.text.compounds import CLUSTER  # noqa: E402

LANGUAGES = ("km", "en", "zh-hans")
QUERIES = {"km": ["ដីធ្លី", "ទឹក", "ច្បាប់", "មណ្ឌលសុខភាព", "លិខិត"], "en": ["land", "rights", "health centre", "letter", "register"]}
QUERIES["zh-hans"] = ["土地", "健康", "权利", "水", "登记"]
LETTERS = {"km": "កខគចជតទនបពមយរលវសហអាិីុូេែោៅំះ់្", "en": "abcdefghijklmnopqrstuvwxyz"}


def texts() -> dict[str, list[str]]:
    """All texts of the sample city by language."""
    found: dict[str, list[str]] = {language: [] for language in LANGUAGES}

    def collect(node: Any) -> None:
        for name, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
            if isinstance(value, str) and str(name).replace("_", "-") in found:
                found[str(name).replace("_", "-")].append(value)
            else:
                collect(value)

    for folder in ("pages/sample", "datasets/sample"):
        for path in sorted((ROOT / folder).rglob("*.yaml")):
            collect(yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


def documents(sources: list[str], kilobytes: int) -> list[str]:
    """Documents of about 2 kB from the sentences of `sources`."""
    chance = random.Random(7)
    sentences = [sentence for text in sources for sentence in re.findall(r"[^\n។.。]+[\n។.。]*", text) if sentence.strip()]
    made: list[str] = []
    piece, size = [], 0
    while len(made) * 2 < kilobytes:
        sentence = chance.choice(sentences)
        piece.append(sentence)
        size += len(sentence.encode()) + 1
        if size >= 2000:
            made.append(" ".join(piece))
            piece, size = [], 0
    return made


def seconds(work: Callable[[str], Any], items: Iterable[str], rounds: int = 3) -> float:
    """Processor time for all items, the best of some rounds."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for item in items:
            work(item)
        best = min(best, time.process_time() - started)
    return best


def slip(word: str, letters: str, chance: random.Random, known: Vocabulary) -> str | None:
    """`word` with one letter left out, put in, changed or swapped; None where that gives a word or no other spelling."""
    place, kind = chance.randrange(len(word)), chance.randrange(4)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    new = chance.choice(letters)
    wrong = (before + after, before + new + letter + after, before + new + after, before + after[:1] + letter + after[1:])[kind]
    return wrong if search_key(wrong) not in ("", search_key(word)) and wrong not in known else None


def corrections(known: Vocabulary) -> None:
    """How often a word with one slip is mended at the first go."""
    print("\n| words with one slip | queries | right at first | ms a query |\n|---|---|---|---|")
    chance = random.Random(2026)
    for language, letters in LETTERS.items():
        script = [word for word in known.counts if word[0] in letters and word not in "កខគ"]
        for label, least in (("all", 2 if language == "km" else 4), ("longer", 3 if language == "km" else 5)):
            chosen = [word for word in script if len(CLUSTER.findall(word)) >= least]
            asked = [(word, wrong) for word in chosen * 2 if (wrong := slip(word, letters, chance, known))]
            started = time.process_time()
            answers = [suggest_spelling(wrong, known) for _, wrong in asked]
            spent = (time.process_time() - started) / len(asked) * 1000
            right = sum(search_key(answer or "") == search_key(word) for (word, _), answer in zip(asked, answers, strict=True))
            unit = "clusters" if language == "km" else "letters"
            print(f"| {language}, {label} of {least} {unit} and more | {len(asked):,} | {right / len(asked):.3f} | {spent:.2f} |")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kilobytes", type=int, nargs="?", default=500)
    sources = texts()
    made = {language: documents(sources[language], parser.parse_args().kilobytes) for language in LANGUAGES}
    made["all three"] = [text for three in zip(*made.values(), strict=True) for text in three]
    print("MB of UTF-8 a second\n\n| language | ICU alone | normalise | words | of ICU | whole analysis | ten hits marked |")
    print("|---|---|---|---|---|---|---|")
    for language, batch in made.items():
        size = sum(len(text.encode()) for text in batch) / 1e6
        alone = size / seconds(lambda text: list(WordBreaker(text, "km")), batch)
        normal = size / seconds(normalise, batch)
        both = size / seconds(words, batch)
        whole = size / seconds(analyse, batch)
        queries = QUERIES.get(language) or [query for some in QUERIES.values() for query in some]
        hits = batch[:100]
        marked = [seconds(lambda text: (excerpt(text, query), highlight(text[:80], query)), hits) for query in queries]  # noqa: B023
        ten = sum(marked) / len(marked) / len(hits) * 10 * 1000
        print(f"| {language} | {alone:.1f} | {normal:.0f} | {both:.1f} | {both / alone:.0%} | {whole:.1f} | {ten:.1f} ms |", flush=True)
    corrections(Vocabulary(Counter(word for some in sources.values() for text in some for word in vocabulary_words(text))))


if __name__ == "__main__":
    main()
