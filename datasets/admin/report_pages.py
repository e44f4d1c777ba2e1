"""A validation report for the person who has to mend the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datasets.error_words import ErrorWords, in_words, kind_of_error
from datasets.models import Version

NEIGHBOURS = 3  # cells shown on each side of the wrong one


@dataclass(frozen=True, slots=True)
class Cell:
    label: str
    text: str
    wrong: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One error: its words, where it is, and its row with the cell marked."""

    words: ErrorWords
    row: int | None
    column: str
    cells: Sequence[Cell]


def errors_of(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The listed errors of a report, those of the whole file first."""
    found = list(report.get("errors") or [])
    for task in report.get("tasks") or []:
        found += task.get("errors") or []
    return found


def kinds(version: Version) -> list[tuple[str, int]]:
    """How often each kind of error was found, most often first."""
    return [(kind_of_error(code), count) for code, count in sorted(version.report.get("totals", {}).items(), key=lambda item: -item[1])]


def finding(error: Mapping[str, Any], labels: Sequence[str]) -> Finding:
    number = error.get("fieldNumber")
    cells = ["" if cell is None else str(cell) for cell in error.get("cells") or []]
    first = max(0, number - 1 - NEIGHBOURS) if number else 0
    shown = [
        Cell(labels[index] if index < len(labels) else str(index + 1), cells[index][:120], index + 1 == number)
        for index in range(first, min(len(cells), first + 2 * NEIGHBOURS + 1))
    ]
    if number and number > len(cells) and error.get("rowNumber"):
        shown.append(Cell(labels[number - 1] if number <= len(labels) else str(number), "", True))
    words = in_words(error)
    return Finding(words, words.row, str(error.get("fieldName") or error.get("label") or ""), shown)


def labels_of(version: Version) -> list[str]:
    for task in version.report.get("tasks") or []:
        if task.get("labels"):
            return [str(label) for label in task["labels"]]
    return [str(field.get("name")) for field in version.schema.get("fields", [])]
