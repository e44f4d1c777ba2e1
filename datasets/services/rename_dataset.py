"""Give a dataset another name without breaking its old address."""

from typing import Any

from django.db import transaction

from datasets.models import Dataset, FormerName
from datasets.policies import can_administer, require

from .create_dataset import require_free_name


@transaction.atomic
def rename_dataset(*, dataset: Dataset, name: str, user: Any) -> Dataset:
    """The row under its new name; the old one keeps leading to it (`selectors.dataset_for`). PermissionDenied, ValidationError."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_administer(user, row))
    if row.name != name:
        old, row.name = row.name, name
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name != "name"])
        require_free_name(name, row)
        FormerName.objects.filter(dataset=row, name=name).delete()
        FormerName.objects.create(dataset=row, name=old)
        row.save(update_fields=["name", "modified"])
    return row
