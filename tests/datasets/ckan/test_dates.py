import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from datasets.ckan.dates import moment

NOW = datetime(2026, 3, 31, 10, 20, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOW", NOW),
        ("NOW-7DAYS", datetime(2026, 3, 24, 10, 20, 30, tzinfo=UTC)),
        ("NOW/DAY", datetime(2026, 3, 31, tzinfo=UTC)),
        ("NOW/WEEK", datetime(2026, 3, 30, tzinfo=UTC)),
        ("NOW-1MONTH", datetime(2026, 2, 28, 10, 20, 30, tzinfo=UTC)),
        ("NOW-1YEAR/YEAR", datetime(2025, 1, 1, tzinfo=UTC)),
        ("2026-01-01T00:00:00Z", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01T00:00:00Z+1DAY", datetime(2026, 1, 2, tzinfo=UTC)),
        ("2026-01-01T07:00:00+07:00", datetime(2026, 1, 1, tzinfo=UTC)),
        ("2026-01-01", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)
def test_solr_dates(text: str, expected: datetime) -> None:
    assert moment(text, NOW) == expected


@given(st.text(max_size=40))
def test_anything_else_is_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert moment(text, NOW).tzinfo is not None


@pytest.mark.parametrize("text", ["", "yesterday", "NOW-7", "NOW-999999YEARS", "2026-13-01"])
def test_not_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="."):
        moment(text, NOW)
