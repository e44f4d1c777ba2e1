"""Resources: files and links of datasets."""

from typing import Any

from datasets.ckan.dictionaries.dataset import newest_version
from datasets.ckan.dictionaries.resource import resource_dict
from datasets.ckan.errors import NotFound
from datasets.ckan.lookups import find_dataset, find_resource
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.values import required
from datasets.ckan.writing.save_resource import add_resource, change_resource
from datasets.models import Resource, Version
from datasets.selectors import visible_resources
from datasets.services.withdrawal import delete_resource


@action("resource_show", side_effect_free=True)
def resource_show(user: User, data: Parameters) -> dict[str, Any]:
    """One resource.

    id: its id.
    """
    return _shown(find_resource(user, required(data, "id")), user)


@action("resource_view_list", side_effect_free=True)
def resource_view_list(user: User, data: Parameters) -> list[Any]:
    """Always empty: previews here are made from the data, not configured.

    id: the resource's id.
    """
    find_resource(user, required(data, "id"))
    return []


@action("resource_create")
def resource_create(user: User, data: Parameters) -> dict[str, Any]:
    """Add a file or a link to a dataset.

    package_id: the dataset's id or name. upload: a file, as a part of a multipart form; or url: a link.
    name, description, format, and any key of your own, which is kept as it is.
    The file is kept at once; its table and validation report follow in seconds. When it is valid and you may publish, it is public then.
    """
    dataset = find_dataset(user, required(data, "package_id"))
    return _saved(user, *add_resource(user, dataset, data))


@action("resource_update")
def resource_update(user: User, data: Parameters) -> dict[str, Any]:
    """Replace what is said about a resource, and its file if `upload` comes along.

    id, then as for resource_create. Earlier files stay, each under its own address.
    """
    return _saved(user, *change_resource(user, find_resource(user, required(data, "id")), data, partial=False))


@action("resource_patch")
def resource_patch(user: User, data: Parameters) -> dict[str, Any]:
    """Change some of what is said about a resource, or only its file.

    id, then what changes.
    """
    return _saved(user, *change_resource(user, find_resource(user, required(data, "id")), data, partial=True))


@action("resource_delete")
def resource_delete(user: User, data: Parameters) -> None:
    """Take a resource out of its dataset. Its files stay where they are.

    id: its id. reason: why, for whoever comes to its address.
    """
    delete_resource(resource=find_resource(user, required(data, "id")), user=user, reason=str(data.get("reason") or ""))


def _saved(user: User, resource: Resource, version: Version | None) -> dict[str, Any]:
    return _shown(find_resource(user, str(resource.uuid)), user, version)


def _shown(resource: Resource, user: User, version: Version | None = None) -> dict[str, Any]:
    siblings = list(visible_resources(user).filter(dataset=resource.dataset_id).values_list("pk", flat=True))
    if resource.pk not in siblings:
        raise NotFound
    return resource_dict(resource, resource.dataset, siblings.index(resource.pk), version or newest_version(resource))
