"""Remove a dataset for good."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from datasets.models import Dataset
from datasets.policies import is_superuser, require


@transaction.atomic
def purge_dataset(*, dataset: Dataset, user: Any) -> None:
    """Its rows are gone and its name is free; the bytes of its files stay until nobody has them. For superusers, or PermissionDenied."""
    require(is_superuser(user))
    log(instance=dataset, action="wagtail.delete", user=user, deleted=True)
    dataset.delete()
