"""Every code that the library can give has a sentence: nobody is left with a code."""

import re
from pathlib import Path

import pytest
from django.utils import translation

import datasets.tabular
from datasets.error_words import EXPECTED, HINTS, MEND, PROBLEMS, TYPES, WHAT, in_words, problem_in_words
from datasets.tabular import explanation

DOCUMENTED = {code for line in re.findall(r"^([a-z-]{5,}) +(?:yes|no)", datasets.tabular.__doc__ or "", re.M) for code in [line]}


def test_every_problem_has_words() -> None:
    assert DOCUMENTED
    assert set(PROBLEMS) == DOCUMENTED


def test_every_expectation_mend_and_hint_has_words() -> None:
    source = Path(explanation.__file__).read_text()
    given = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', source.split('"""', 2)[2]))
    unknown = given - set(WHAT) - set(EXPECTED) - set(MEND) - set(HINTS)
    assert unknown == set()
    hints = set(re.findall(r"``([a-z-]+)`` \(", explanation.__doc__ or ""))
    assert hints == set(HINTS)


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_problems_are_said_without_their_context_too(code: str) -> None:
    with translation.override("en"):
        assert "%(" not in problem_in_words({"code": code, "context": {}, "row": None})


def test_an_error_is_said_in_words() -> None:
    error = {"type": "type-error", "note": 'type is "integer/default"', "rowNumber": 3, "cell": "១២០០", "fieldName": "ប្រជាជន"}
    with translation.override("en"):
        words = in_words(error)
    assert (words.what, words.row) == ("The cell is not of its column's type.", 3)
    assert words.expected == "Expected: a whole number, like 1200."
    assert words.hints == ["Khmer digits: in data, write 1200."]
    assert {"string", "integer", "number", "boolean", "date", "datetime", "time"} <= set(TYPES)


def test_an_unknown_error_is_said_too() -> None:
    with translation.override("en"):
        assert in_words({"type": "new-error", "note": "something new"}).mend
        assert "new-code" in problem_in_words({"code": "new-code"})
