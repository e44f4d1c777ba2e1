"""Make a dataset public, with the data that wait in it."""

from typing import Any

from django.db import transaction

from datasets.models import Dataset
from datasets.policies import can_publish, require

from .decide_hold import refuse_undecided


@transaction.atomic
def publish_dataset(*, dataset: Dataset, user: Any) -> Dataset:
    """The row as published from its latest draft; waiting valid versions are published with it. PermissionDenied.

    ValidationError while a version that would go out with it is held.
    """
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_publish(user, row))
    refuse_undecided(row)
    revision = row.get_latest_revision() or row.save_revision(user=user, clean=False)
    revision.publish(user=user)
    return Dataset.objects.select_related("organization", "licence").get(pk=row.pk)
