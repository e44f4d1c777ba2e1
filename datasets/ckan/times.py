"""CKAN's times: naive UTC, with microseconds."""

from datetime import UTC, datetime


def naive_utc(moment: datetime | None) -> str | None:
    """`2026-11-23T01:21:47.205979`; None stays None."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") if moment else None


def zulu(moment: datetime | None) -> str | None:
    """The same for flat `fl` answers: `2026-11-23T01:21:47.205979Z`."""
    return f"{naive_utc(moment)}Z" if moment else None
