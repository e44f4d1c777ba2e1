"""Where a file is on its way to a table, and what comes next, for whoever waits."""

from dataclasses import dataclass
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.models import State, Version

STEPS = (gettext_lazy("The file is safe"), gettext_lazy("Read"), gettext_lazy("Every cell checked"), gettext_lazy("Table made"))


@dataclass(frozen=True, slots=True)
class Progress:
    """`steps` with what each is ("done", "now" or "later"), what happens `now` and what comes `after`."""

    steps: list[tuple[Any, str]]
    now: str
    after: str


def progress_of(version: Version) -> Progress | None:
    """None for a version that nobody works on."""
    if not version.is_working:
        return None
    reading, table = version.state == State.RECEIVED, bool(version.progress.get("table"))
    current = 1 if reading else 3 if table else 2
    steps = [(words, "done" if number < current else "now" if number == current else "later") for number, words in enumerate(STEPS)]
    return Progress(steps, _now(version), _after(version))


def _now(version: Version) -> str:
    rows = version.progress.get("rows") or 0
    if version.state == State.RECEIVED:
        return _("The file is safe and is being read.")
    if version.state == State.CONFIRMED:
        return _("The file waits for its turn to be checked.")
    if version.progress.get("table"):
        return _("Every cell was checked. The table is being made.")
    if not rows:
        return _("Every cell is being checked.")
    words = ngettext("Every cell is being checked: %(rows)s row so far.", "Every cell is being checked: %(rows)s rows so far.", rows)
    return words % {"rows": intcomma(rows)}


def _after(version: Version) -> str:
    if version.state == State.RECEIVED and not version.automatic:
        return _("Next you see the first rows and say what the columns mean.")
    return _("Next you read the report, and publish.")
