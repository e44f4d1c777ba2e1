"""Bring a withdrawn dataset back, as it was."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from datasets.models import Dataset
from datasets.policies import can_delete, require


@transaction.atomic
def restore_dataset(*, dataset: Dataset, user: Any) -> Dataset:
    """The row without `deleted_at`: public again if it was. For those who may withdraw it; PermissionDenied."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_delete(user, row))
    if row.deleted_at is not None:
        row.deleted_at, row.deleted_reason, row.replaced_by = None, "", ""
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        log(instance=row, action="wagtail.edit", user=user)
    return row
