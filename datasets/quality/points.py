"""What a check looks at and what it says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from datasets.models import Dataset, Resource, Version

GOOD, WARN, BAD, INFO = "good", "warn", "bad", "info"  # badge classes of the theme; INFO: does not apply, or is not known
FAILING = (BAD, WARN)
GROUPS = {
    "valid": gettext_lazy("Valid"),
    "complete": gettext_lazy("Complete"),
    "fresh": gettext_lazy("Fresh"),
    "broken-down": gettext_lazy("Split by group"),
}


class Mend(NamedTuple):
    """Where in the admin a point is mended: the name of an address there, its argument, and the field."""

    screen: str
    row: Any
    field: str = ""

    @property
    def url(self) -> str:
        if self.screen == "dataset":
            namespace = Dataset.snippet_viewset.url_namespace  # type: ignore[attr-defined]
            return f"{reverse(f'{namespace}:edit', args=[self.row])}#{self.field}"
        return reverse(f"catalogue_admin:{self.screen}", args=[self.row])


class Verdict(NamedTuple):
    """`word` stands in the badge, `words` explain it, a sentence each."""

    state: str
    word: str
    words: Sequence[str]
    mend: Mend | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One point of the panel: `judge` tells how a dataset stands."""

    code: str
    group: str
    title: Any
    judge: Callable[["Subject"], Verdict]


class Point(NamedTuple):
    check: Check
    verdict: Verdict

    @property
    def is_failing(self) -> bool:
        return self.verdict.state in FAILING


class Subject:
    """A dataset with the resources that its readers see, their current versions at hand."""

    def __init__(self, dataset: Dataset, resources: Sequence[Resource]) -> None:
        self.dataset, self.resources = dataset, resources

    @cached_property
    def tables(self) -> list[Version]:
        return [one.current for one in self.resources if one.current and one.current.is_table]

    @cached_property
    def measured(self) -> list[Version]:
        return [table for table in self.tables if table.profile]

    def total(self, key: str) -> int:
        """Of all tables together."""
        return sum(table.profile[key] or 0 for table in self.measured)

    def worst(self, key: str) -> Mend | None:
        """The table that has most of it."""
        found = max(self.measured, key=lambda table: table.profile[key] or 0, default=None)
        return Mend("version", found.uuid) if found else None

    def form(self, field: str) -> Mend:
        return Mend("dataset", self.dataset.pk, f"id_{field}")

    @property
    def files(self) -> Mend:
        return Mend("files", self.dataset.uuid)

    @property
    def not_measured(self) -> Verdict | None:
        """Where there is no table, or the worker has not counted in it yet."""
        if not self.tables:
            return Verdict(INFO, _("no table"), [_("There is no table here that could be checked.")])
        if not self.measured:
            return Verdict(INFO, _("not yet known"), [_("The table is being counted. Look again in a few minutes.")])
        return None
