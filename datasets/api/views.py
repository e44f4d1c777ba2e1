"""/api/v1/: datasets, organizations, groups and licences. Reading only; writing speaks CKAN's Action API."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request

from datasets.models import Dataset
from datasets.selectors import as_uuid, dataset_for, groups, licences, organizations, visible_datasets, with_resources

from .filters import PARAMETERS, filtered
from .frame import many, one
from .serializers import DatasetSerializer, GroupSerializer, LicenceSerializer, OrganizationSerializer


@many("datasets", DatasetSerializer, tag="datasets", summary="Find datasets", parameters=PARAMETERS, cursor=True)
def dataset_list(request: Request) -> Any:
    """Public datasets, the last changed first; with a token also drafts and private ones of your organizations."""
    return with_resources(filtered(request, visible_datasets(request.user)), request.user)


@one("dataset", DatasetSerializer, tag="datasets", summary="Read a dataset")
def dataset(request: Request, id_or_name: str) -> Any:
    """By id, name or a name it had before, with its resources."""
    try:
        key = dataset_for(request.user, id_or_name).pk
    except Dataset.DoesNotExist:
        return None
    return with_resources(visible_datasets(request.user).filter(pk=key), request.user).get()


@many("organizations", OrganizationSerializer, tag="organizations", summary="List organizations", cursor=True)
def organization_list(request: Request) -> Any:
    """Who publishes here, by name, with the number of their public datasets."""
    return organizations().order_by("name")


@one("organization", OrganizationSerializer, tag="organizations", summary="Read an organization")
def organization(request: Request, id_or_name: str) -> Any:
    """By id or name."""
    return _called(organizations(), id_or_name)


@many("groups", GroupSerializer, tag="organizations", summary="List groups", cursor=True)
def group_list(request: Request) -> Any:
    """Themes of datasets, by name, with the number of their public datasets."""
    return groups().order_by("name")


@one("group", GroupSerializer, tag="organizations", summary="Read a group")
def group(request: Request, id_or_name: str) -> Any:
    """By id or name."""
    return _called(groups(), id_or_name)


@many("licences", LicenceSerializer, tag="organizations", summary="List licences")
def licence_list(request: Request) -> Any:
    """Every licence a dataset can have, in CKAN's order."""
    return licences()


def _called(rows: QuerySet[Any], id_or_name: str) -> Any:
    key = as_uuid(id_or_name)
    return rows.filter(**({"uuid": key} if key else {"name": id_or_name})).first()
