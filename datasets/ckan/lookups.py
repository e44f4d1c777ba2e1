"""One thing by its id or name, or CKAN's error: unknown is 404, known but not for the caller's eyes is 403."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from datasets.ckan.registry import User
from datasets.models import Dataset, Group, Organization, Resource
from datasets.selectors import as_uuid, dataset_for, visible_resources

from .errors import NotAuthorized, NotFound


def find_dataset(user: User, id_or_name: str) -> Dataset:
    """A dataset the caller may see."""
    try:
        return dataset_for(user, id_or_name)
    except Dataset.DoesNotExist:
        key = as_uuid(id_or_name)
        hidden = Dataset.objects.filter(deleted_at__isnull=True)
        if (hidden.filter(uuid=key) if key else hidden.filter(name=id_or_name)).exists():
            raise NotAuthorized("User not authorized to read package") from None
        raise NotFound from None


Collection = TypeVar("Collection", Organization, Group)


def find_collection(found: QuerySet[Collection], id_or_name: str) -> Collection:
    """The organization or group of these."""
    key = as_uuid(id_or_name)
    wanted: dict[str, Any] = {"uuid": key} if key else {"name": id_or_name}
    row = found.filter(**wanted).first()
    if row is None:
        raise NotFound
    return row


def find_resource(user: User, id: str, *, detail: str = "") -> Resource:
    """A resource the caller may see; `detail` for the 404."""
    key = as_uuid(id)
    found = visible_resources(user).filter(uuid=key).select_related("dataset__licence").first() if key else None
    if found is not None:
        return found
    if key and Resource.objects.filter(uuid=key, deleted_at__isnull=True, dataset__deleted_at__isnull=True).exists():
        raise NotAuthorized("User not authorized to read resource")
    raise NotFound(detail)
