"""Words inside compounds are found by themselves; parts of words that are none are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import analyse, parts


@pytest.mark.parametrize(
    ("compound", "word"),
    [
        ("ដីធ្លី", "ដី"),
        ("ម្ចាស់ដី", "ដី"),
        ("ម្ចាស់ផ្ទះ", "ផ្ទះ"),
        ("ថ្លៃផ្ទះ", "ថ្លៃ"),
        ("លេបថ្នាំ", "ថ្នាំ"),
        ("ទឹកជំនន់", "ទឹក"),
        ("ចុះបញ្ជី", "បញ្ជី"),
        ("សិទ្ធិមនុស្ស", "សិទ្ធិ"),
        ("ទីក្រុង", "ក្រុង"),
        ("饮用水", "水"),
        ("土地", "地"),
    ],
)
def test_a_compound_holds_its_words(compound: str, word: str) -> None:
    analysis = analyse(compound)
    assert word in analysis.words + analysis.parts


@pytest.mark.parametrize(
    ("word", "other"),
    [("ការ", "កា"), ("សាលា", "សា"), ("សាលា", "លា"), ("សេវា", "សេ"), ("សម្រាប់", "រាប់"), ("ខេត្ត", "ខេ"), ("ផែនទី", "ផែ"), ("មាត្រា", "មា")],
)
def test_a_word_holds_no_other_by_chance(word: str, other: str) -> None:
    analysis = analyse(word)
    assert other not in analysis.words + analysis.parts


@given(st.text(alphabet=st.sampled_from("ដីធ្លការរសាលេបថ្នាំផទះ់"), max_size=12))
def test_the_parts_joined_are_the_word(word: str) -> None:
    for cut in analyse(word).words:
        assert "".join(parts(cut)) in ("", cut)
