"""Errors of a report and problems of a file in the reader's words: what is wrong, what was expected, how to mend it.

The library gives codes (`datasets.tabular.explanation`, `datasets.tabular.contract.Problem`); the sentences are here, for the admin, the
public report and the APIs alike. All are short, blame nobody and end in something that can be done.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from datasets.tabular import explain

WHAT: Mapping[str, Any] = {
    "type-error": _("The cell is not of its column's type."),
    "constraint-error": _("The cell breaks a rule of its column."),
    "unique-error": _("The value must be there once, and is there twice."),
    "primary-key": _("The key of the row is missing or used by another row."),
    "foreign-key": _("The value is not in the table it refers to."),
    "missing-cell": _("The row has too few cells."),
    "extra-cell": _("The row has too many cells."),
    "blank-row": _("The row is empty."),
    "blank-header": _("The header row is empty."),
    "blank-label": _("A column has no name."),
    "duplicate-label": _("Two columns have the same name."),
    "incorrect-label": _("A column has another name than described."),
    "missing-label": _("A described column is not in the file."),
    "extra-label": _("The file has a column that is not described."),
    "encoding-error": _("The characters cannot be read."),
    "row-error": _("The row cannot be compared."),
}
TYPES: Mapping[str, Any] = {
    "string": _("text"),
    "integer": _("a whole number, like 1200"),
    "number": _("a number, like 12.5"),
    "boolean": _("true or false"),
    "date": _("a date, like 2026-11-23"),
    "datetime": _("a date and time, like 2026-11-23T08:30:00"),
    "time": _("a time, like 08:30:00"),
    "year": _("a year, like 2026"),
    "yearmonth": _("a year and month, like 2026-11"),
    "geopoint": _("a point, like 103.52,10.63"),
    "geojson": _("a GeoJSON geometry"),
    "array": _("a list in JSON"),
    "object": _("an object in JSON"),
    "duration": _("a duration, like P1D"),
}
EXPECTED: Mapping[str, Any] = {
    "type": _("Expected: %(type_words)s."),
    "required": _("This column must be filled in every row."),
    "minimum": _("Expected: %(value)s or more."),
    "maximum": _("Expected: %(value)s or less."),
    "exclusive-minimum": _("Expected: more than %(value)s."),
    "exclusive-maximum": _("Expected: less than %(value)s."),
    "min-length": _("Expected: at least %(value)s characters."),
    "max-length": _("Expected: at most %(value)s characters."),
    "pattern": _("Expected: text of the form %(value)s."),
    "one-of": _("Expected: one of %(value)s."),
    "unique": _("Each value once; this one is already in row %(other_row)s."),
    "unique-key": _("Each key once; this one is already in row %(other_row)s."),
    "filled-key": _("The key must be filled in every row."),
    "in-other-table": _("A value of the table “%(reference)s”."),
    "as-many-cells": _("As many cells as there are columns."),
    "no-blank-row": _("No empty row between the data."),
    "header": _("The names of the columns."),
    "label": _("The column “%(field)s”."),
    "unique-labels": _("A name of its own for each column."),
    "no-such-column": _("Only the columns that are described."),
    "encoding": _("Text in the encoding that was chosen."),
    "comparable": _("Values of one type in the whole column."),
    "valid-source": _("A file that can be read."),
}
MEND: Mapping[str, Any] = {
    "rewrite-as-type": _("Write it as %(type_words)s, or choose another type for the column."),
    "fill-in": _("Fill the cell in, or let the column be empty."),
    "raise": _("Correct the value, or change the lowest value of the column."),
    "lower": _("Correct the value, or change the highest value of the column."),
    "choose-listed": _("Use one of the listed values, or add this one to the list."),
    "lengthen": _("Complete the text, or change the rule of the column."),
    "shorten": _("Shorten the text, or change the rule of the column."),
    "follow-pattern": _("Write it in the described form, or change the form of the column."),
    "change-or-remove-duplicate": _("Correct one of the two rows, or remove it."),
    "fill-in-key": _("Fill the key in."),
    "add-or-correct-value": _("Correct the value, or add it to the other table."),
    "add-cell": _("Add the missing cells; an empty cell needs its delimiter too."),
    "remove-cell-or-quote": _("Remove the cell, or put text that contains the delimiter between quotation marks."),
    "remove-row": _("Remove the row."),
    "add-header": _("Put the names of the columns in the first row."),
    "name-column": _("Give the column a name in the header row."),
    "rename-column": _("Rename one of the columns."),
    "rename-to": _("Rename the column to “%(field)s”, or describe the columns anew."),
    "add-column": _("Add the column “%(field)s”, or describe the columns anew."),
    "remove-column-or-extend-schema": _("Remove the column, or describe it."),
    "save-as-utf-8": _("Save the file as “CSV UTF-8” and upload it again."),
    "correct-row": _("Correct the row."),
    "check-file": _("Open the file, check it, save it anew and upload it again."),
}
HINTS: Mapping[str, Any] = {
    "lost-leading-zero": _("A leading zero was probably lost: %(suggestion)s."),
    "decimal-code": _("A code was probably turned into a number: %(suggestion)s."),
    "khmer-digits": _("Khmer digits: in data, write %(suggestion)s."),
    "outer-spaces": _("There are spaces around the value: “%(suggestion)s” has none."),
    "invisible-characters": _("There are invisible characters: “%(suggestion)s” has none."),
    "amount": _("In data, write this number as %(suggestion)s."),
    "date": _("In data, write this day as %(suggestion)s."),
    "stands-for-missing": _("“%(token)s” seems to stand for a missing value: add it to the missing values."),
}
PROBLEMS: Mapping[str, Any] = {
    "empty-file": _("The file is empty. Check it on your computer and upload it again."),
    "binary-content": _(
        "The content is not what the name of the file promises (it is %(media_type)s). Save it as CSV or XLSX and upload it again."
    ),
    "encoding-unknown": _("The characters of the file cannot be read from row %(row)s on. Save it as “CSV UTF-8” and upload it again."),
    "encoding-guessed": _("The encoding is a guess (%(encoding)s). Check that the text below reads well."),
    "nul-byte": _("The file contains NUL characters, which do not belong in a table."),
    "bare-cr": _("Lines that end in an old way (carriage return only): %(count)s."),
    "no-header": _("There seems to be no header row: the first row looks like data."),
    "title-rows": _("Rows above the header that are left out: %(rows)s."),
    "blank-header": _("Column %(number)s has no name; “%(field)s” is proposed."),
    "duplicate-header": _("Several columns are called “%(field)s”."),
    "cleaned-header": _("Spaces or invisible characters were removed from the names of columns."),
    "joined-header": _("The header has several rows (%(rows)s): the names are joined, like “Population – Women”."),
    "khmer-digits": _(
        "“%(field)s” has numbers in Khmer digits (%(cell)s). They are kept exactly as they are, as text. The report offers to write"
        " %(suggestion)s instead; describe the column as numbers then, to add and compare them."
    ),
    "legacy-font": _(
        "The text seems to be written for an old Khmer font (Limon, ABC). Such text cannot be turned into Khmer letters here:"
        " convert the file to Unicode with the font's converter and upload it again."
    ),
    "ragged-row": _("Rows that do not have %(expected)s cells: %(count)s. The first is row %(row)s with %(actual)s."),
    "too-big": _(
        "The table is too large to be checked (%(actual)s %(unit)s, at most %(limit)s). Save it as CSV, or split it into several files."
    ),
    "too-wide": _("The table has too many columns (%(actual)s, at most %(limit)s)."),
    "line-too-long": _("A line is too long to be read (row %(row)s). A quotation mark is probably missing."),
    "zip-bomb": _("The file unpacks to far more than a table needs, so it was not opened. Save the data as CSV and upload that."),
    "unreadable-xlsx": _(
        "The workbook cannot be read: it is damaged or not complete. Open it, save it as XLSX or CSV and upload it again."
    ),
    "broken-archive": _(
        "The archive is not complete: its end is missing. Make it again, or copy it again from where it came, and upload it."
    ),
    "program": _(
        "This is a program, not data. Programs are not offered here: they could harm the people who open them. Upload the data itself."
    ),
    "empty-sheet": _("The sheet “%(sheet)s” is empty. Choose another one."),
    "bad-geojson": _("This is not GeoJSON with features that can be read. Export it again as a FeatureCollection."),
    "bad-json": _("This is not JSON with a list of records."),
    "bad-kml": _(
        "This is not a KML or KMZ file with points that can be read. Export the places again as points, without a document type, or as CSV."
    ),
    "bad-descriptor": _("The file cannot be read as described: %(reason)s"),
    "engine-error": _("The file could not be checked. Save it anew and upload it again; if that does not help, tell the administrators."),
    "missing-file": _("The bytes are not there any more. Upload the file again."),
}


LOCKED = _("The workbook has a password. Open it, remove the password, save it and upload it again.")


class _Context(dict[str, Any]):
    """Missing context becomes an ellipsis: a sentence is never lost for want of a number."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """`what` is wrong, what was `expected`, how to `mend` it, and `hints` at what probably happened."""

    what: str
    expected: str
    mend: str
    hints: Sequence[str]
    row: int | None


def _words(sentences: Mapping[str, Any], found: Mapping[str, Any], otherwise: Callable[[], str]) -> str:
    sentence = sentences.get(str(found.get("code")))
    if sentence is None:
        return otherwise()
    context = _Context(
        {key: gettext(", ").join(map(str, value)) if isinstance(value, (list, tuple)) else value for key, value in found.items()}
    )
    context["type_words"] = str(TYPES.get(str(found.get("type")), found.get("type")))
    context = _Context({key: "…" if value is None else value for key, value in context.items()})
    return str(sentence) % context


def kind_of_error(code: str) -> str:
    """What an error of this type means, in one sentence."""
    return str(WHAT.get(code, gettext("Something in the file is not as described.")))


def in_words(error: Mapping[str, Any]) -> ErrorWords:
    """An error descriptor of a report, in the active language."""
    found = explain(error)
    note = str(error.get("note") or error.get("message") or "")
    return ErrorWords(
        what=kind_of_error(found.code),
        expected=_words(EXPECTED, found.expected, lambda: note),
        mend=_words(MEND, found.mend, lambda: str(MEND["check-file"])),
        hints=[words for hint in found.hints if (words := _words(HINTS, hint, str))],
        row=found.row,
    )


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """A problem of a whole file (`Version.problem`, or an item of `Version.detection["problems"]`), in the active language; "" for none."""
    if not problem:
        return ""
    found = {"row": problem.get("row"), **problem.get("context", {}), "code": problem.get("code")}
    if found.get("reason") == "encrypted":
        return str(LOCKED)
    words = _words(PROBLEMS, found, lambda: pgettext("a file", "It cannot be read (%(code)s).") % {"code": problem.get("code")})
    return f"{words} {gettext('The trouble is in line %(line)s.') % found}" if found.get("line") else words
