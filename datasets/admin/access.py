"""From an address to a row, for people of its organization only."""

from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from datasets.models import Dataset, Resource, Version
from datasets.policies import capacities, is_superuser, require


def _inside(user: Any, dataset: Dataset) -> None:
    """Deleted: 404 for everybody. Not a member: 403, as in every other screen of the admin."""
    if dataset.deleted_at is not None:
        raise Http404
    require(is_superuser(user) or dataset.organization_id in capacities(user))


def dataset_of(user: Any, uuid: UUID) -> Dataset:
    dataset = get_object_or_404(Dataset.objects.select_related("organization"), uuid=uuid)
    _inside(user, dataset)
    return dataset


def resource_of(user: Any, uuid: UUID) -> Resource:
    rows = Resource.objects.select_related("dataset__organization", "current__data_file")
    resource = get_object_or_404(rows, uuid=uuid, deleted_at__isnull=True)
    _inside(user, resource.dataset)
    return resource


def version_of(user: Any, uuid: UUID) -> Version:
    rows = Version.objects.select_related("resource__dataset__organization", "data_file", "created_by")
    version = get_object_or_404(rows, uuid=uuid, resource__deleted_at__isnull=True)
    _inside(user, version.resource.dataset)
    return version
