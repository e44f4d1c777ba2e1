"""Take a dataset out of sight; the rows and bytes stay."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from datasets.models import Dataset
from datasets.policies import can_delete, require


@transaction.atomic
def delete_dataset(*, dataset: Dataset, user: Any, reason: str = "", replaced_by: str = "") -> Dataset:
    """The row with `deleted_at` set: gone for everybody, its name kept from reuse. PermissionDenied.

    Its address says why (`reason`, in the publisher's words) and where else to look (`replaced_by`). `restore_dataset` brings it back.
    """
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_delete(user, row))
    if row.deleted_at is None:
        if row.current_workflow_state:
            row.current_workflow_state.cancel(user=user)
        row.revisions.update(approved_go_live_at=None)
        row.deleted_at = timezone.now()
        row.deleted_reason, row.replaced_by = reason.strip(), replaced_by
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        log(instance=row, action="wagtail.delete", user=user, deleted=True)
    return row
