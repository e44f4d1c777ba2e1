"""Collects errors: all are counted, the first so many are kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from datasets.tabular.contract import Problem


@dataclass(slots=True)
class Tally:
    """``limit`` 0 keeps every error."""

    limit: int
    errors: list[dict[str, Any]] = field(default_factory=list)
    totals: dict[str, int] = field(default_factory=dict)
    rows: int = 0
    problem: Problem | None = None

    def add(self, error: Any) -> None:
        self.totals[error.type] = self.totals.get(error.type, 0) + 1
        if not self.limit or len(self.errors) < self.limit:
            self.errors.append(error.to_descriptor())

    def add_all(self, errors: Iterable[Any]) -> None:
        for error in errors:
            self.add(error)


def report_descriptor(
    tally: Tally, *, name: str, place: str, labels: Sequence[str], fields: int, size: int, seconds: float
) -> dict[str, Any]:
    """The same structure as ``frictionless.Report.to_descriptor``; the row count is of the whole file, past the error limit too."""
    warnings = [f"reached error limit: {tally.limit}"] if tally.limit and len(tally.errors) >= tally.limit else []
    valid = not tally.totals
    stats: dict[str, Any] = {"errors": len(tally.errors), "warnings": len(warnings), "seconds": seconds, "bytes": size}
    stats |= {key: value for key, value in (("fields", fields), ("rows", tally.rows)) if value}
    task = {
        "name": name,
        "type": "table",
        "valid": valid,
        "place": place,
        "labels": list(labels),
        "stats": stats,
        "warnings": warnings,
        "errors": tally.errors,
    }
    summary = {"tasks": 1, "errors": len(tally.errors), "warnings": len(warnings), "seconds": seconds}
    return {"valid": valid, "stats": summary, "warnings": [], "errors": [], "tasks": [task]}
