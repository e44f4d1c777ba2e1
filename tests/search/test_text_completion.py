"""Whatever has been typed of a title so far leads to it, in the middle of a Khmer cluster too."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import completion_keys, typed_keys

TITLES = [
    "ការចុះបញ្ជីដីធ្លី",
    "សិទ្ធិលំនៅដ្ឋាន និងការបណ្តេញចេញ",
    "ចម្រើនសុខភាពស្ត្រី",
    "តម្លៃទឹកស្អាត ឆ្នាំ២០២៤",
    "ការផ្តល់ឱ្យ និងការទទួល",
    "ឪពុកម្តាយ",
    "ស៊ើបអង្កេត",
    "កោះរ៉ុង",
    "Land registration 2024",
    "Krâng Ta’ek",
    "住房权利与土地登记",
]


def leads_to(typed: str, title: str) -> bool:
    return any(key.startswith(beginning) for key in completion_keys(title) for beginning in typed_keys(typed))


@pytest.mark.parametrize("title", TITLES)
def test_every_beginning_leads_to_the_title(title: str) -> None:
    for length in range(1, len(title) + 1):
        assert leads_to(title[:length], title), title[:length]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ដី", "ការចុះបញ្ជីដីធ្លី"),
        ("ធ្ល", "ការចុះបញ្ជីដីធ្លី"),
        ("លំនៅឋា", "សិទ្ធិលំនៅដ្ឋាន និងការបណ្តេញចេញ"),
        ("សិទិ្ធ", "សិទ្ធិលំនៅដ្ឋាន"),
        ("ចំរើ", "ចម្រើនសុខភាពស្ត្រី"),
        ("ស្ដ្រ", "ចម្រើនសុខភាពស្ត្រី"),
        ("កេា", "កោះរ៉ុង"),
        ("សុើ", "ស៊ើបអង្កេត"),
        ("ការ ចុះ បញ្", "ការចុះបញ្ជីដីធ្លី"),
        ("ការ\u200bចុះ", "ការចុះបញ្ជីដីធ្លី"),
        ("REGIS", "Land registration 2024"),
        ("krang ta", "Krâng Ta’ek"),
        ("土地", "住房权利与土地登记"),
        ("២០", "Land registration 2024"),
    ],
)
def test_other_spellings_and_later_words_lead_there_too(typed: str, title: str) -> None:
    assert leads_to(typed, title)


@pytest.mark.parametrize(("typed", "title"), [("ដី", "ការងារ"), ("land", "Islands")])
def test_what_a_title_does_not_say_leads_elsewhere(typed: str, title: str) -> None:
    assert not leads_to(typed, title)


def test_nothing_typed_leads_nowhere() -> None:
    assert typed_keys(" ") == []
    assert typed_keys("។") == []


@given(st.text(alphabet=st.sampled_from("ដីធ្លការរសាលេបថ្នាំផទះ់មអោឳy 1土"), max_size=12))
def test_keys_hold_no_space_and_are_never_empty(typed: str) -> None:
    assert all(key and " " not in key for key in typed_keys(typed) + completion_keys(typed))
