"""Bring a withdrawn file or link back, as it was."""

from typing import Any

from django.db import transaction

from datasets.models import Resource
from datasets.policies import can_publish, require


@transaction.atomic
def restore_resource(*, resource: Resource, user: Any) -> Resource:
    """The row without `deleted_at`: public again if it was. For those who may publish; PermissionDenied."""
    row = Resource.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=resource.pk)
    require(can_publish(user, row))
    if row.deleted_at is not None:
        row.deleted_at, row.deleted_reason, row.replaced_by = None, "", ""
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        row.dataset.touch()
    return row
