"""The promised renewal against the real one."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from datasets.models import Dataset, Resource
from datasets.vocabularies import UpdateFrequency

# Days between two renewals, as promised. What is not here has no date.
PROMISED = {
    UpdateFrequency.CONTINUAL: 1,
    UpdateFrequency.DAILY: 1,
    UpdateFrequency.WEEKLY: 7,
    UpdateFrequency.MONTHLY: 31,
    UpdateFrequency.QUARTERLY: 92,
    UpdateFrequency.BIANNUAL: 184,
    UpdateFrequency.ANNUAL: 366,
    UpdateFrequency.BIENNIAL: 731,
}


def promised_days(dataset: Dataset) -> int | None:
    return PROMISED.get(dataset.update_frequency)  # type: ignore[call-overload]


def last_renewed(dataset: Dataset, resources: Sequence[Resource]) -> date:
    """The day the newest file was published, else the day the description last changed."""
    moments = [resource.current.published for resource in resources if resource.current and resource.current.published]
    return timezone.localtime(max(moments) if moments else dataset.modified).date()


def is_overdue(dataset: Dataset, resources: Sequence[Resource]) -> bool:
    """Whether the promised renewal has not come in time, a quarter of the interval being given as grace."""
    days = promised_days(dataset)
    return days is not None and timezone.localdate() - last_renewed(dataset, resources) > timedelta(days=days - (-days // 4))
