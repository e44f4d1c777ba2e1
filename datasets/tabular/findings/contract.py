"""The shapes of findings, JSON-ready."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

CODE = "administrative-code"
PERSONS = "person-count"
KINDS = (CODE, PERSONS)
# What can be mended, and what is about people and waits for a decision.
MENDS = ("lost-zero", "decimal-code", "khmer-digits", "spaces-in-code", "date", "buddhist-year", "serial-date", "amount", "no-data")
HOLDS = ("phone", "email", "identity-number", "names", "small-count", "unchecked")
SHOWN = 20  # examples kept of each finding


@dataclass(slots=True)
class Finding:
    """`kind` was found in `count` cells of `column`.

    `examples`: (row as in the file, cell, mended cell or None); those of HOLDS are masked.
    """

    column: str
    kind: str
    count: int = 0
    examples: list[tuple[int, str, str | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Findings:
    """`editions`: column of codes -> {"edition", "known", "unknown"}: the fitting edition and how many of the distinct codes it knows."""

    findings: Sequence[Finding] = ()
    editions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)
