"""Withdraw a dataset from the public; nothing is lost."""

from typing import Any

from django.db import transaction

from datasets.models import Dataset
from datasets.policies import can_publish, require


@transaction.atomic
def unpublish_dataset(*, dataset: Dataset, user: Any) -> Dataset:
    """The row, as a draft. Its versions stay published for the day it comes back. PermissionDenied."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_publish(user, row))
    row.unpublish(user=user)
    return row
