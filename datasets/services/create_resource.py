"""A new file or link in a dataset."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from datasets.models import Dataset, Resource
from datasets.policies import can_edit, can_publish, require

from .write_resource import is_offered, set_fields


@transaction.atomic
def create_resource(*, dataset: Dataset, user: Any, fields: Mapping[str, Any], uuid: UUID | None = None) -> Resource:
    """The resource, last in its dataset unless `position` is given; a file comes with `create_version`.

    `fields`: names of `write_resource.FIELDS`. A link in a live dataset is public at once and needs somebody who may publish.
    `uuid`: one of its own, for what was copied from elsewhere. PermissionDenied, ValidationError by field.
    """
    require(can_edit(user, dataset))
    locked = Dataset.objects.select_for_update().only("live", "first_published_at").get(pk=dataset.pk)
    dataset.live, dataset.first_published_at = locked.live, locked.first_published_at
    last = None if "position" in fields else locked.resources.aggregate(last=Max("position"))["last"]
    resource = Resource(dataset=dataset, position=0 if last is None else last + 1)
    resource.uuid = uuid or resource.uuid
    set_fields(resource, fields, user)
    resource.full_clean(exclude=["dataset"], validate_unique=uuid is not None)
    require(not is_offered(resource) or can_publish(user, dataset))
    resource.save()
    dataset.touch()
    return resource
