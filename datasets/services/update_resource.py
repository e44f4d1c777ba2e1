"""Change what is said about a resource."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from datasets.models import Resource
from datasets.policies import can_edit, can_publish, require

from .write_resource import is_offered, set_fields


@transaction.atomic
def update_resource(*, resource: Resource, user: Any, fields: Mapping[str, Any]) -> Resource:
    """The changed row. What the public sees changes at once, so it needs somebody who may publish. PermissionDenied, ValidationError."""
    row = Resource.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=resource.pk)
    require(can_edit(user, row))
    offered = is_offered(row)
    set_fields(row, fields, user)
    row.full_clean()
    require(not (offered or is_offered(row)) or can_publish(user, row))
    row.save()
    row.dataset.touch()
    return row
