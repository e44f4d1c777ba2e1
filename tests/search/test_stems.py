"""English words that are one to a reader, and words that are not."""

import pytest

from search.text import words


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("register", "registration"),
        ("registry", "registered"),
        ("minister", "ministries"),
        ("administer", "administration"),
        ("child", "children"),
        ("woman", "women"),
        ("vaccination", "vaccinated"),
        ("evictions", "evicted"),
        ("cities", "city"),
        ("schools", "school's"),
        ("registers", "registering"),
        ("apply", "applications"),
        ("certificate", "certification"),
        ("paid", "payments"),
        ("married", "marriage"),
        ("complaint", "complain"),
        ("owner", "ownership"),
        ("neighbourhoods", "neighborhood"),
        ("organisation", "organizations"),
        ("health centre", "health centers"),
        ("licence", "license"),
        ("rights", "RIGHT"),
        ("payments", "payment"),
    ],
)
def test_english_stems(a: str, b: str) -> None:
    assert words(a) == words(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("policy", "police"),
        ("health", "heal"),
        ("bus", "business"),
        ("pastry", "past"),
        ("district", "distribution"),
        ("history", "hospital"),
        ("001", "01"),
    ],
)
def test_stems_that_must_differ(a: str, b: str) -> None:
    assert words(a) != words(b)
