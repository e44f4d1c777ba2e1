"""Take a resource out of its dataset; versions and bytes stay."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from datasets.models import Resource
from datasets.policies import can_edit, can_publish, require

from .write_resource import is_offered


@transaction.atomic
def delete_resource(*, resource: Resource, user: Any, reason: str = "", replaced_by: str = "") -> Resource:
    """The row with `deleted_at` set; its address says the `reason` and what replaces it.

    What is public needs somebody who may publish. PermissionDenied.
    """
    row = Resource.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=resource.pk)
    require(can_publish(user, row) if is_offered(row) else can_edit(user, row))
    if row.deleted_at is None:
        row.deleted_at = timezone.now()
        row.deleted_reason, row.replaced_by = reason.strip(), replaced_by
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        row.dataset.touch()
    return row
