"""Text analysis: same for what looks the same, different for what is different, and highlights that stand where they should."""

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from search.text import BREAK, analyse, bigrams, excerpt, highlight, normalise, runs, search_key, words
from search.text.key import fold
from search.text.khmer import BASES, COENG, MARKS, _ordered, order, visible
from search.text.offsets import fold_with_offsets

DATA = Path(__file__).parent / "data"
with (DATA / "variants.tsv").open(encoding="utf-8") as file:
    VARIANTS = [(row["a"], row["b"], row["level"]) for row in csv.DictReader(file, delimiter="\t")]
DIFFERENT = [tuple(line.split("\t")[:2]) for line in (DATA / "variants_not.tsv").read_text(encoding="utf-8").splitlines()]

KHMER_LETTERS = "".join(map(chr, (*range(0x1780, 0x17DE), *range(0x17E0, 0x17EA))))
INVISIBLE = "\u200b\u200c\u200d\u00ad\u2060\ufeff"
# Far more Khmer than chance would give, with what surrounds it on real pages.
khmer = st.text(alphabet=st.sampled_from(KHMER_LETTERS + INVISIBLE + " "), max_size=30)
mixed = st.text(
    alphabet=st.one_of(st.sampled_from(KHMER_LETTERS), st.sampled_from(INVISIBLE + " aé1,.'土地ﬁＡ\u0301\u0323"), st.characters())
)
texts = st.one_of(khmer, mixed, st.sampled_from([word for pair in VARIANTS for word in pair[:2]]))


@pytest.mark.parametrize(("a", "b", "level"), VARIANTS)
def test_spellings_of_one_word_match(a: str, b: str, level: str) -> None:
    assert search_key(a) == search_key(b)
    assert analyse(a) == analyse(b)
    if level == "canonical":
        assert normalise(a) == normalise(b)


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [("土地登記", "土地登记"), ("強迫驅逐", "强迫驱逐"), ("發燒怎麼辦", "发烧怎么办"), ("乾旱之後", "干旱之后")],
)
def test_traditional_characters_are_the_simplified_ones(traditional: str, simplified: str) -> None:
    assert search_key(traditional) == search_key(simplified)
    assert analyse(traditional) == analyse(simplified)
    assert highlight(traditional, simplified) == highlight(simplified, traditional) != []
    assert normalise(traditional) == traditional  # shown as it was written


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_words_stay_different(a: str, b: str) -> None:
    assert search_key(a) != search_key(b)
    assert not highlight(a, b)


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(khmer)
def test_only_syllables_in_order_take_the_short_way(text: str) -> None:
    # What a regular expression takes for "in order already" is what ordering every syllable gives.
    syllable = re.compile(f"[{BASES}](?:{COENG}+[{BASES}]|[{MARKS}{COENG}])+")
    seen = visible(text).translate({0x17A3: "\u17a2", 0x17A4: "\u17a2\u17b6", 0x17A8: "\u17a7\u1780", 0x17D8: "\u17d4\u179b\u17d4"})
    assert order(seen) == syllable.sub(lambda match: _ordered(match[0]), seen)


@given(texts)
def test_the_key_of_a_key_is_itself(text: str) -> None:
    key = search_key(text)
    assert search_key(key) == key


@given(texts)
def test_a_text_and_its_normal_form_have_the_same_key(text: str) -> None:
    assert search_key(normalise(text)) == search_key(text)


@st.composite
def syllables_written_twice(draw: st.DrawFn) -> tuple[str, str]:
    """A syllable in order, and as it is also typed: it looks the same."""
    base = draw(st.sampled_from("កខគចជតទនបពមយរលវសហអ"))
    subscripts = ["្" + letter for letter in draw(st.lists(st.sampled_from("កតនមយលវហ"), max_size=1))] + draw(st.sampled_from([[], ["្រ"]]))
    vowel = draw(st.sampled_from(["", *"ាិីឹឺូួើឿៀេែៃោៅ"]))
    sign = draw(st.sampled_from(["", *"ំះ័"]))
    written = base + "".join(subscripts) + vowel + sign
    marks = {"ោ": "\u17c1\u17b6", "ើ": "\u17c1\u17b8"}.get(vowel, vowel) if draw(st.booleans()) else vowel
    pieces = draw(st.permutations([*(part.replace("ត", "ដ") for part in subscripts), marks, sign]))
    return written, base + draw(st.sampled_from(INVISIBLE)).join(pieces)


@given(st.lists(syllables_written_twice(), min_size=1, max_size=6))
def test_what_looks_the_same_becomes_the_same(syllables: list[tuple[str, str]]) -> None:
    written, typed = ("".join(parts) for parts in zip(*syllables, strict=True))
    assert normalise(typed) == normalise(written) == written


@given(st.lists(st.sampled_from(DIFFERENT), min_size=1, max_size=3), st.sampled_from(["", " ", "\u200b"]))
def test_what_differs_stays_different_among_other_words(pairs_of_words: list[tuple[str, str]], between: str) -> None:
    left, right = (between.join(words) for words in zip(*pairs_of_words, strict=True))
    assert normalise(left) != normalise(right)
    assert search_key(left) != search_key(right)


@given(texts)
def test_no_letter_is_lost_outside_the_rules(text: str) -> None:
    ruled = {ord(mark): None for mark in map(chr, (*range(0x17B4, 0x17D4), 0x17DD))} | {0x178A: "ត"}
    old = {0x17A3: "\u17a2", 0x17A4: "\u17a2", 0x17A8: "\u17a7\u1780", 0x17D8: "\u17d4\u179b\u17d4"}
    before = unicodedata.normalize("NFC", visible(text)).translate(old).translate(ruled)
    assert Counter(normalise(text).translate(ruled)) == Counter(unicodedata.normalize("NFC", before))


@given(st.text(alphabet=st.sampled_from(KHMER_LETTERS.translate({0x17B4: None, 0x17B5: None})), max_size=20))
def test_normalising_keeps_every_consonant(text: str) -> None:
    def consonants(khmer: str) -> int:
        return sum("\u1780" <= character <= "\u17a2" for character in khmer)

    rewritten = sum(text.count(character) for character in "\u17a4\u17a8\u17d8\u17a3")
    assert abs(consonants(normalise(text)) - consonants(text)) <= rewritten


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Mn", "Mc", "Cf"], max_codepoint=0x177F)))
def test_other_scripts_are_only_composed(text: str) -> None:
    assert normalise(text) == unicodedata.normalize("NFC", text)


@given(texts)
def test_tokens_hold_no_space_and_the_words_hold_the_whole_key(text: str) -> None:
    analysis = analyse(text)
    assert all(token and not any(character.isspace() for character in token) for token in (*analysis.words, *analysis.bigrams))
    cut = [run.text for run in runs(text) if run.script in ("khmer", "han")]
    assert "".join(cut) == "".join(word for run in cut for word in words(run))


@given(texts)
def test_offsets_lead_back_to_the_source(text: str) -> None:
    folded = fold_with_offsets(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert folded.starts == sorted(folded.starts)


@given(khmer)
def test_folding_with_offsets_is_folding(text: str) -> None:
    assert fold_with_offsets(text).text == fold(text)


@given(st.from_regex(r"[a-z]{1,6}(s|es|ed|ing|ation|ly|ies|y|er)", fullmatch=True))
def test_an_english_word_is_marked_by_itself_whatever_its_stem(word: str) -> None:
    assert highlight(f"ដី {word}.", word) == [(3, 3 + len(word))]


@given(texts, texts)
def test_highlights_are_inside_apart_and_in_order(text: str, query: str) -> None:
    last = -1
    for start, end in highlight(text, query):
        assert last < start < end <= len(text)
        last = end


@given(st.sampled_from(VARIANTS), khmer, khmer)
def test_what_matches_is_marked_whatever_the_spelling(pair: tuple[str, str, str], before: str, after: str) -> None:
    written, typed, _ = pair
    text = f"{before} {written} {after}"
    assume(analyse(typed).words)
    start, end = len(before) + 1, len(before) + 1 + len(written)
    kept = [index for index in range(start, end) if search_key(text[index])]
    marked = highlight(text, typed)
    assert any(first < end and last > start for first, last in marked)
    inside = {index for first, last in marked for index in range(first, last)}
    letters = [index for index in kept if unicodedata.category(text[index])[0] == "L"]
    assert set(letters) <= inside


@given(texts, texts, st.integers(min_value=20, max_value=200))
def test_an_excerpt_is_a_piece_of_the_text(text: str, query: str, length: int) -> None:
    piece = excerpt(text, query, length=length)
    assert piece.text in text
    assert all(0 <= start < end <= len(piece.text) for start, end in piece.spans)


def test_an_excerpt_shows_the_sentence_that_matches() -> None:
    text = "បើកពីច័ន្ទដល់សុក្រ។ " * 30 + "សូមយកលិខិតបញ្ជាក់ដី​ធ្លីមកជាមួយ។ " + "អរគុណ។ " * 30
    piece = excerpt(text, "ដីធ្លី", length=80)
    ((start, end),) = piece.spans
    assert search_key(piece.text[start:end]) == search_key("ដីធ្លី")
    assert piece.cut_before
    assert piece.cut_after
    assert len(piece.text) <= 81


@pytest.mark.parametrize(
    ("text", "query", "marked"),
    [
        ("ម្ចាស់ដីធ្លីត្រូវចុះបញ្ជី", "ដី", ["ដី"]),
        ("ការងារ និងកា", "កា", ["កា"]),
        ("លំនៅដ្ឋាន", "លំនៅឋាន", ["លំនៅដ្ឋាន"]),
        ("ការចុះ\u200bបញ្ជី", "ចុះបញ្ជី", ["ចុះ\u200bបញ្ជី"]),
        ("ស្ដ្រី និងសេចក្ដី", "ស្ត្រី", ["ស្ដ្រី"]),
        ("ចំណាយ ១,២៥០ រៀល", "1250", ["១,២៥០"]),
        ("The registry of Café Krâng", "register cafe krang", ["registry", "Café Krâng"]),
        ("饮用水和土地登记", "水 登记", ["水", "登记"]),
        ("People, children and teeth: dying cities", "person child tooth die city", ["People", "children", "teeth", "dying", "cities"]),
        ("word " * 100 + "eviction.", "evicted", ["eviction"]),
    ],
)
def test_marks_stand_on_what_matched(text: str, query: str, marked: list[str]) -> None:
    found = [text[start:end] for start, end in highlight(text, query)]
    assert " ".join(found) == " ".join(marked)


def test_words_that_say_nothing_are_marked_only_where_there_are_no_others() -> None:
    nothing = frozenset(words("the for នៃ"))

    def marked(text: str, query: str) -> list[str]:
        return [text[start:end] for start, end in highlight(text, query, skip=nothing)]

    assert marked("The papers for the land", "the land for") == ["land"]
    assert marked("ប័ណ្ណនៃដីធ្លី និងនៃផ្ទះ", "ប័ណ្ណ នៃ ដីធ្លី") == ["ប័ណ្ណ", "ដីធ្លី"]
    assert marked("The papers for the land", "for the") == ["The", "for", "the"]


@given(st.lists(texts, max_size=4))
def test_several_texts_are_analysed_as_each_alone_with_a_break_between(several: list[str]) -> None:
    assume(all(BREAK not in text for text in several))
    whole, single = analyse(*several), [analyse(text) for text in several]
    for place in range(3):  # words, parts, bigrams
        joined = [token for number, one in enumerate(single) for token in ([BREAK] * (number > 0) + one[place])]
        assert whole[place] == joined
    assert whole.forms == [form for one in single for form in one.forms]


def test_an_excerpt_never_cuts_a_cluster() -> None:
    text = "ស្ត្រី" * 100
    for length in range(20, 40):
        shown = excerpt(text, "", length=length).text
        assert len(shown) % len("ស្ត្រី") == 0


def test_words_by_dictionary_and_script() -> None:
    assert words("ក្រុងភ្នំពេញ២០២៤") == ["ក្រុងភ្នំពេញ", "2024"]
    assert words("住房权利 Housing RIGHTS 1,250 ០១០១") == ["住房", "权利", "hous", "right", "1250", "0101"]
    assert words("អ្នកៗ") == words("អ្នក")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ឆ្នាំ២០២៤", ["2024"]),
        ("២០២៣,២០២៤", ["2023", "2024"]),
        ("១,២៥០ រៀល", ["1250"]),
        ("1,250,000.50", ["1250000.50"]),
        ("១.២៥០.០០០", ["1250000"]),
        ("1.250", ["1.250"]),
        ("3,5", ["3", "5"]),
        ("１２３年", ["123"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    assert [word for word in words(text) if word[0].isdigit()] == numbers


def test_pairs_of_clusters_and_characters() -> None:
    assert bigrams("ដីធ្លីល្អ 土地权 land") == ["ដីធ្លី", "ធ្លីល្អ", "土地", "地权"]
    assert bigrams("ដី 土") == ["ដី", "土"]
