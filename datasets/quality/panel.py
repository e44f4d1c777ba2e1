"""The points of a dataset in four groups, a word each; and how the whole catalogue stands, worst first."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.models import Dataset
from datasets.policies import can_edit
from datasets.selectors import NOBODY, visible_datasets, visible_resources

from .checks import points_of
from .points import BAD, GOOD, GROUPS, INFO, WARN, Point

# What no check reads, and what is large: a list of a thousand datasets shall not read it either.
UNREAD = [f"current__{name}" for name in ("report", "findings", "detection", "schema", "dialect", "mends", "problem", "progress")]


class Sign(NamedTuple):
    """One group of the panel; `shape` is a badge class of the theme, `word` stands in it."""

    question: str
    word: str
    shape: str
    points: Sequence[Point]


def signs_of(points: Sequence[Point]) -> list[Sign]:
    return [_sign(code, str(name), [point for point in points if point.check.group == code]) for code, name in GROUPS.items()]


def _sign(code: str, name: str, points: list[Point]) -> Sign:
    failing = [point.verdict for point in points if point.is_failing]
    if len(failing) == 1 and code == "fresh":  # whose word says why: late, or nothing promised
        return Sign(name, failing[0].word, failing[0].state, points)
    if failing:
        word = ngettext("%(count)s point to mend", "%(count)s points to mend", len(failing)) % {"count": len(failing)}
        return Sign(name, word, BAD if any(verdict.state == BAD for verdict in failing) else WARN, points)
    last = points[-1].verdict
    if code == "fresh" or all(point.verdict.state == INFO for point in points):
        return Sign(name, last.word, last.state, points)
    return Sign(name, _("yes"), GOOD, points)


class Standing(NamedTuple):
    """A dataset with its points; `failing` of them, the worst first; `mendable` by whoever asks."""

    dataset: Dataset
    points: Sequence[Point]
    failing: Sequence[Point]
    mendable: bool


def standings(user: Any = NOBODY, *, organization: str = "", failing: str = "") -> list[Standing]:
    """The public datasets (of one organization, or that fail one check), worst first, from four queries."""
    resources = Prefetch("resources", queryset=visible_resources().defer(*UNREAD), to_attr="offered_resources")
    datasets = visible_datasets().prefetch_related(resources)
    if organization:
        datasets = datasets.filter(organization__name=organization)
    found = []
    for dataset in datasets:
        points = points_of(dataset, dataset.offered_resources)  # type: ignore[attr-defined]
        wrong = sorted((point for point in points if point.is_failing), key=lambda point: point.verdict.state != BAD)
        if not failing or any(point.check.code == failing for point in wrong):
            found.append(Standing(dataset, points, wrong, can_edit(user, dataset)))
    return sorted(found, key=_worst_first)


def _worst_first(standing: Standing) -> tuple[int, int, str]:
    bad = sum(point.verdict.state == BAD for point in standing.failing)
    return -bad, -len(standing.failing), standing.dataset.name
