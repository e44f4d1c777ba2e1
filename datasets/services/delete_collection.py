"""Take an organization or a group out of the catalogue."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, Group, Organization
from datasets.policies import can_manage, require


@transaction.atomic
def delete_collection(*, collection: Organization | Group, user: Any) -> None:
    """The row is gone; a group's datasets lose the group. PermissionDenied; ValidationError for an organization that has or had any."""
    require(can_manage(user, collection, delete=True))
    field = "organization" if isinstance(collection, Organization) else "groups"
    datasets = list(Dataset.objects.filter(**{field: collection}))
    if field == "organization" and datasets:
        raise ValidationError(_("This organization has datasets. Move or purge them first."))
    collection.delete()
    for dataset in datasets:
        dataset.touch()
