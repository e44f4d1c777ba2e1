"""Deeds on whole datasets beside creating, changing and deleting them."""

from typing import Any

from datasets.ckan.dictionaries.dataset import latest_dict
from datasets.ckan.errors import NotAuthorized, ValidationError
from datasets.ckan.lookups import find_dataset
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.revise import revised
from datasets.ckan.values import required, strings
from datasets.ckan.writing.dataset_fields import find_organization
from datasets.ckan.writing.save_dataset import patch_package, update_package
from datasets.models import Dataset
from datasets.policies import can_edit, is_superuser
from datasets.selectors import as_uuid
from datasets.services.datasets import move_dataset
from datasets.services.resources import update_resource
from datasets.services.withdrawal import delete_dataset, purge_dataset


@action("dataset_purge")
def dataset_purge(user: User, data: Parameters) -> None:
    """Remove a dataset for good, also one that was deleted; its name is free again. For superusers.

    id: its id or name.
    """
    wanted = required(data, "id")
    if not is_superuser(user):
        raise NotAuthorized("User not authorized to purge packages")
    key = as_uuid(wanted)
    purge_dataset(dataset=Dataset.objects.get(**({"uuid": key} if key else {"name": wanted})), user=user)


@action("package_owner_org_update")
def package_owner_org_update(user: User, data: Parameters) -> None:
    """Give a dataset to another organization: you administer the one and edit for the other.

    id: the dataset's id or name; organization_id: id or name.
    """
    organization = find_organization({"owner_org": required(data, "organization_id")})
    move_dataset(dataset=find_dataset(user, required(data, "id")), organization=organization, user=user)


@action("package_resource_reorder")
def package_resource_reorder(user: User, data: Parameters) -> dict[str, Any]:
    """Put a dataset's resources in another order.

    id: the dataset's id or name; order: ids of resources, first first; those left out follow as they were.
    """
    dataset = find_dataset(user, required(data, "id"))
    rows = {str(row.uuid): row for row in dataset.resources.filter(deleted_at__isnull=True).select_related("dataset")}
    order = strings(data, "order")
    if unknown := [key for key in order if key not in rows]:
        raise ValidationError({"order": [f"resource_id {key[:50]} can not be found" for key in unknown]})
    order = list(dict.fromkeys([*order, *rows]))
    for place, key in enumerate(order):
        if rows[key].position != place:
            update_resource(resource=rows[key], user=user, fields={"position": place})
    return {"id": str(dataset.uuid), "order": order}


@action("package_revise")
def package_revise(user: User, data: Parameters) -> dict[str, Any]:
    """Change parts of a dataset, however deep, if it is what you think it is.

    match: values the dataset must have (its name or id among them), else nothing changes; filter: keys to remove ("-resources__0");
    update: values to set; include: keys to answer. Each as an object, or flattened: match__name, update__resources__0__name,
    update__resources__extend. A file comes as update__resources__0__upload.
    """
    found = revised(data, lambda id_or_name: latest_dict(find_dataset(user, id_or_name), user))
    dataset = find_dataset(user, found.package["id"])
    if not can_edit(user, dataset):
        raise NotAuthorized("User not authorized to edit package")
    changed = latest_dict(update_package(user, dataset, found.package), user)
    return {"package": found.included(changed)}


@action("bulk_update_private")
def bulk_update_private(user: User, data: Parameters) -> None:
    """Make datasets private.

    datasets: their ids or names; org_id: their organization.
    """
    for dataset in _several(user, data):
        patch_package(user, dataset, {"private": True})


@action("bulk_update_public")
def bulk_update_public(user: User, data: Parameters) -> None:
    """Make private datasets public. The parameters of bulk_update_private."""
    for dataset in _several(user, data):
        patch_package(user, dataset, {"private": False})


@action("bulk_update_delete")
def bulk_update_delete(user: User, data: Parameters) -> None:
    """Delete datasets. The parameters of bulk_update_private."""
    for dataset in _several(user, data):
        delete_dataset(dataset=dataset, user=user)


@action("package_relationships_list", side_effect_free=True)
def package_relationships_list(user: User, data: Parameters) -> list[Any]:
    """Always empty: datasets have no relationships here.

    id: the dataset's id or name.
    """
    find_dataset(user, required(data, "id"))
    return []


def _several(user: User, data: Parameters) -> list[Dataset]:
    organization = find_organization({"owner_org": required(data, "org_id")})
    found = [find_dataset(user, one) for one in strings(data, "datasets")]
    if any(dataset.organization_id != organization.pk for dataset in found):
        raise ValidationError({"datasets": ["All datasets must belong to the organization"]})
    return found
