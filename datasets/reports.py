"""A validation report in words, for the admin and the public page alike: one sentence, then each error with its row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .error_words import ErrorWords, in_words, kind_of_error
from .models import Version
from .views.speech import voice_of

NEIGHBOURS = 3  # cells shown on each side of the wrong one


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of the row an error is in."""

    column: str
    text: str
    wrong: bool
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One error: its words, where it is, and its row as it stands in the file, the cell that is wrong marked."""

    words: ErrorWords
    row: int | None
    column: str
    cell: str
    cells: Sequence[RowCell]
    cut: bool

    @property
    def is_marked(self) -> bool:
        """Whether the wrong cell is among those shown, with what was expected beside it."""
        return any(cell.wrong for cell in self.cells)


def sentence(version: Version, errors: Sequence[Mapping[str, Any]]) -> str:
    """What the check found, in one sentence."""
    rows = version.row_count or 0
    if not version.error_count:
        text = ngettext("%(rows)s row was checked, and nothing is wrong.", "%(rows)s rows were checked, and nothing is wrong.", rows)
        return text % {"rows": f"{rows:,}"}
    numbers = {error["rowNumber"] for error in errors if error.get("rowNumber")}
    found = ngettext("%(errors)s error was found", "%(errors)s errors were found", version.error_count) % {
        "errors": f"{version.error_count:,}"
    }
    if numbers and len(errors) >= version.error_count:
        return _("%(found)s, in %(wrong)s of %(rows)s rows.") % {"found": found, "wrong": f"{len(numbers):,}", "rows": f"{rows:,}"}
    return _("%(found)s in a table of %(rows)s rows.") % {"found": found, "rows": f"{rows:,}"}


def errors_of(version: Version) -> list[Mapping[str, Any]]:
    """The listed errors of its report, those of the whole file first."""
    parts = [version.report, *(version.report.get("tasks") or [])]
    return [error for part in parts for error in part.get("errors") or []]


def kinds(version: Version) -> list[tuple[str, int]]:
    """How often each kind of error was found, most often first."""
    return [(kind_of_error(code), count) for code, count in sorted(version.report.get("totals", {}).items(), key=lambda item: -item[1])]


def findings(version: Version, errors: Sequence[Mapping[str, Any]], titles: Mapping[str, str] | None = None) -> list[Finding]:
    """The `errors` of a version in words. `titles`: what its columns are called instead of their names in the file."""
    tasks = [task["labels"] for task in version.report.get("tasks") or [] if task.get("labels")]
    names = [str(name) for name in (tasks[0] if tasks else (field.get("name") for field in version.schema.get("fields", [])))]
    return [_finding(error, names, titles or {}) for error in errors]


def _finding(error: Mapping[str, Any], names: Sequence[str], titles: Mapping[str, str]) -> Finding:
    number = error.get("fieldNumber") or 0
    cells = ["" if cell is None else str(cell) for cell in error.get("cells") or []]
    first = max(0, number - 1 - NEIGHBOURS)
    shown = list(range(first, min(len(cells), first + 2 * NEIGHBOURS + 1)))
    if number > len(cells) and error.get("rowNumber"):
        shown.append(number - 1)  # a cell that is missing

    def cell(index: int) -> RowCell:
        name, text = names[index] if index < len(names) else str(index + 1), cells[index] if index < len(cells) else ""
        return RowCell(titles.get(name, name), text[:120], index + 1 == number, voice_of(text))

    words, column = in_words(error), str(error.get("fieldName") or error.get("label") or "")
    cut = len(cells) > len(shown)
    return Finding(words, words.row, titles.get(column, column), str(error.get("cell") or "")[:120], list(map(cell, shown)), cut)
