"""Did you mean: the whole query, in the site's own words, and only where something is wrong."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import Vocabulary, search_key, suggest_spelling, vocabulary_words

TEXTS = [
    "ការចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ។ សូមយកអត្តសញ្ញាណប័ណ្ណ និងលិខិតបញ្ជាក់ដីធ្លីមកសាលាសង្កាត់។",
    "សិទ្ធិលំនៅដ្ឋាន៖ ការបណ្តេញចេញ ត្រូវមានដំណោះស្រាយ និងសំណង។ មណ្ឌលសុខភាព ផ្តល់វ៉ាក់សាំងដល់កុមារ។",
    "ទឹកជំនន់ឆ្នាំ២០២៤ ប៉ះពាល់ភូមិ និងសង្កាត់។ តម្លៃទឹកស្អាត និងអគ្គិសនី។",
    "Land registration at the commune hall. Housing rights, eviction and compensation. Health centres vaccinate children.",
    "土地登记在公社办公室。住房权利、驱逐和赔偿。健康中心为儿童接种疫苗。",
]
VOCABULARY = Vocabulary(Counter(word for text in TEXTS for word in vocabulary_words(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ការចុះបញ្ជឺដីធ្លី", "ការចុះបញ្ជីដីធ្លី"),
        ("បណ្តេជ", "បណ្តេញ"),
        ("សុខភាម", "សុខភាព"),
        ("សង្កត់", "សង្កាត់"),
        ("ទឹកជំនឹន់", "ទឹកជំនន់"),
        ("អគ្គីសនី", "អគ្គិសនី"),
        ("housing rigths", "housing rights"),
        ("Evction 2024", "eviction 2024"),
        ("registation ដីធ្លី", "registration ដីធ្លី"),
        ("landregistration", "land registration"),
        ("接种疫描", "接种疫苗"),
    ],
)
def test_one_slip_is_mended_in_the_whole_query(typed: str, meant: str) -> None:
    assert suggest_spelling(typed, VOCABULARY) == meant


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_site_says_is_right(text: str) -> None:
    assert suggest_spelling(text, VOCABULARY) is None


@pytest.mark.parametrize("query", ["", "  ", "២០២៤", "registering", "ស្រឡាញ់គ្រួសារ", "qwertz", "ដីធ្លី ដីធ្លី", "លំនៅឋាន", "ស្ដ្រី"])
def test_nothing_to_say(query: str) -> None:
    assert suggest_spelling(query, VOCABULARY) is None


def test_corrections_are_spelt_as_the_site_spells() -> None:
    assert suggest_spelling("លំនៅឋាម", VOCABULARY) == "លំនៅដ្ឋាន"


@pytest.mark.parametrize("word", ["ថ្នាំ", "មុង", "ដុស", "ហោះ", "ព្រួយ", "លំហែ", "饮水"])
def test_a_word_of_the_dictionary_is_no_slip_only_because_the_site_lacks_it(word: str) -> None:
    assert suggest_spelling(word, VOCABULARY) is None


@given(st.lists(st.sampled_from(sorted(VOCABULARY.counts)), max_size=5))
def test_known_words_are_never_corrected(words: list[str]) -> None:
    assert suggest_spelling(" ".join(words), VOCABULARY) is None


@given(st.text(alphabet=st.sampled_from("ដីធ្លការរសាលេបថ្នាំផទះ់evictonz 住房权"), max_size=20))
def test_a_correction_differs_and_is_itself_right(query: str) -> None:
    suggestion = suggest_spelling(query, VOCABULARY)
    assert suggestion is None or search_key(suggestion) != search_key(query)
