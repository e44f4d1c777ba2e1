"""What data are needed, and whether they are there: the rows behind the gap grid."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .models import DataNeed, Dataset
from .quality.freshness import is_overdue
from .selectors import crosswalk, visible_datasets, with_resources
from .tabular.crosswalk import TODAY

PROVINCE = "18"
# state -> (word, badge class of the theme)
STATES = {"there": (_("there"), "good"), "stale": (_("out of date"), "warn"), "missing": (_("missing"), "bad")}


@dataclass(frozen=True, slots=True)
class Need:
    """`state` is there, stale or missing; `dataset` only where the public may see it."""

    row: DataNeed
    state: str
    dataset: Dataset | None

    @property
    def word(self) -> str:
        return str(STATES[self.state][0])

    @property
    def shape(self) -> str:
        return STATES[self.state][1]


def needs() -> list[Need]:
    """Every need, by initiative and place, in a constant number of queries."""
    rows = list(DataNeed.objects.select_related("owed_by"))
    answering = with_resources(visible_datasets().filter(pk__in=[row.dataset_id for row in rows if row.dataset_id]))
    datasets = {dataset.pk: dataset for dataset in answering}
    return [_judged(row, datasets.get(row.dataset_id or 0)) for row in rows]


def _judged(row: DataNeed, dataset: Dataset | None) -> Need:
    if dataset is None:
        return Need(row, "missing", None)
    return Need(row, "stale" if is_overdue(dataset, dataset.offered_resources) else "there", dataset)  # type: ignore[attr-defined]


def districts() -> dict[str, dict[str, str]]:
    """Today's districts of the province by code, each with its name: {"km": …, "latin": …}."""
    units = crosswalk().editions[TODAY].values()
    found = {unit.code: {"km": unit.name_km, "latin": unit.name_latin} for unit in units if unit.parent_code == PROVINCE}
    return dict(sorted(found.items()))
