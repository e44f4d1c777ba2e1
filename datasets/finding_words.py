"""Findings, holds and mends in the reader's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from datasets.models import Version
from datasets.tabular.findings import HOLDS, MENDS

WHAT: Mapping[str, Any] = {
    "lost-zero": _("the code has lost its zero"),
    "decimal-code": _("the code has become a number with decimals"),
    "khmer-digits": _("the digits are Khmer, which few programs take for numbers"),
    "spaces-in-code": _("there are spaces in the code"),
    "unknown-code": _("no administrative unit has this code"),
    "other-edition": _("the code is of another edition than the other codes"),
    "date": _("the date is not written year-month-day"),
    "buddhist-year": _("the year is of the Buddhist era"),
    "serial-date": _("the date has become a number"),
    "amount": _("the number is written with signs or separators"),
    "mixed-currencies": _("the amount is in another currency than the others"),
    "no-data": _("a word stands where the cell should be empty"),
    "phone": _("this looks like a telephone number"),
    "email": _("this looks like an e-mail address"),
    "identity-number": _("this looks like the number of an identity card or passport"),
    "names": _("names of people, beside what leads to them"),
    "unchecked": _("nobody could look for people in it: it was not checked as a table"),
    "small-count": _("fewer than five people are counted: they may be recognised"),
}
EDITIONS: Mapping[str, Any] = {"older": _("the older codes"), "today": _("today's codes")}


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding: `lines` are (words, cell, mended cell or None); `value` names it in a form."""

    column: str
    kind: str
    count: int
    lines: Sequence[tuple[str, str, str | None]]
    mendable: bool

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.column}"

    @property
    def more(self) -> int:
        return self.count - len(self.lines)

    @property
    def what(self) -> str:
        return str(WHAT.get(self.kind, self.kind))


def shown(version: Version, *, held: bool, lines: int = 3) -> list[Shown]:
    """The findings about people (`held`), or all others, each with its first lines: "row 214: the code has lost its zero"."""
    return [
        Shown(
            one["column"],
            one["kind"],
            one["count"],
            [
                (gettext("row %(row)s: %(what)s") % {"row": row, "what": WHAT.get(one["kind"], one["kind"])}, cell, mended)
                for row, cell, mended in one["examples"][:lines]
            ],
            one["kind"] in MENDS,
        )
        for one in version.findings.get("findings", [])
        if (one["kind"] in HOLDS) == held
    ]


def editions(version: Version) -> list[str]:
    """Which edition of the administrative codes each column of codes was checked against."""
    return [
        gettext("Column “%(column)s” was checked against %(edition)s: different codes known: %(known)s, unknown: %(unknown)s.")
        % {"column": column, **fit, "edition": EDITIONS.get(fit["edition"], fit["edition"])}
        for column, fit in version.findings.get("editions", {}).items()
    ]


def mends_in_words(version: Version) -> list[str]:
    """The steps by which a version was made from an earlier one, for its public record."""
    return [
        ngettext(
            "Mended in version %(version)s, column “%(column)s”, %(cells)s cell: %(what)s.",
            "Mended in version %(version)s, column “%(column)s”, %(cells)s cells: %(what)s.",
            step["cells"] or 0,
        )
        % {**step, "cells": f"{step['cells'] or 0:,}", "what": WHAT.get(step["kind"], step["kind"])}
        for step in version.mends
    ]
