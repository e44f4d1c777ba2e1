"""Give a dataset to another organization."""

from typing import Any

from django.db import transaction

from datasets.models import Dataset, Organization
from datasets.policies import can_administer, can_edit, require


@transaction.atomic
def move_dataset(*, dataset: Dataset, organization: Organization, user: Any) -> Dataset:
    """The row, with its draft, under `organization`. The user administers the one and may edit for the other, or PermissionDenied."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_administer(user, row) and can_edit(user, organization))
    draft = row.get_latest_revision_as_object()
    row.organization = draft.organization = organization
    row.save(update_fields=["organization", "modified"])
    draft.save_revision(user=user, clean=False)
    return row
