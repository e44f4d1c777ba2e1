"""The files and links of a dataset: made, changed, out of the sheets of a workbook."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, Resource, Version
from datasets.policies import can_edit, can_publish, require

from . import datasets
from .versions import create_version

FIELDS = frozenset({f"{name}_{language}" for name in ("name", "description") for language in datasets.LANGUAGES}) | {
    "position",
    "link_url",
    "fetch_every",
    "format",
    "values_searchable",
    "extras",
}


def set_fields(resource: Resource, fields: Mapping[str, Any], user: Any) -> None:
    """Put `fields` on the object; a file to be fetched anew is due at once, in the name of `user`. ValidationError for an unknown name."""
    before = (resource.link_url, resource.fetch_every)
    datasets.set_fields(resource, fields, FIELDS)
    if before != (resource.link_url, resource.fetch_every):
        fetches = bool(resource.link_url and resource.fetch_every)
        resource.fetched, resource.fetch_user = {}, user if fetches else None
        resource.fetch_due = timezone.now() if fetches else None


def is_offered(resource: Resource) -> bool:
    """The public sees it: a link or a published version in a live dataset."""
    return resource.dataset.is_public and resource.deleted_at is None and bool(resource.link_url or resource.current_id)


@transaction.atomic
def create_resource(*, dataset: Dataset, user: Any, fields: Mapping[str, Any], uuid: UUID | None = None) -> Resource:
    """The resource, last in its dataset unless `position` is given; a file comes with `create_version`.

    `fields`: names of `FIELDS`. A link in a live dataset is public at once and needs somebody who may publish.
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


def other_sheets(version: Version) -> list[str]:
    """The sheets of the version's workbook that are not its own."""
    own = version.dialect.get("excel", {}).get("sheet") or version.detection.get("sheet")
    return [name for name in version.detection.get("sheets", []) if name != own]


@transaction.atomic
def offer_sheets(*, version: Version, sheets: Sequence[str], user: Any) -> list[Version]:
    """A resource for each of `sheets`, named after it, with the same bytes as its first version, "received".

    PermissionDenied, ValidationError.
    """
    if not sheets or not set(sheets) <= set(other_sheets(version)):
        raise ValidationError(_("Choose sheets of this workbook."))
    made = []
    for sheet in sheets:
        resource = create_resource(dataset=version.resource.dataset, user=user, fields={"name_km": sheet})
        dialect = {"excel": {"sheet": sheet}}
        made.append(create_version(resource=resource, data_file=version.data_file, filename=version.filename, user=user, dialect=dialect))
    return made
