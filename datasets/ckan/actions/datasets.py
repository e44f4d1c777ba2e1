"""Datasets: CKAN calls them packages."""

from typing import Any

from datasets.ckan.dictionaries.dataset import latest_dict
from datasets.ckan.errors import NotAuthorized, NotFound
from datasets.ckan.lookups import find_dataset
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.stored import packages, stored_package
from datasets.ckan.values import natural, required
from datasets.ckan.writing.save_dataset import create_package, patch_package, update_package
from datasets.models import Dataset
from datasets.policies import can_edit
from datasets.selectors import as_uuid, public, visible_datasets
from datasets.services.withdrawal import delete_dataset


@action("package_list", side_effect_free=True)
def package_list(user: User, data: Parameters) -> list[str]:
    """Names of every public dataset, sorted.

    limit, offset.
    """
    names = visible_datasets().order_by("name").values_list("name", flat=True)
    start = natural(data, "offset", 0)
    return list(names[start : start + natural(data, "limit", 0)] if data.get("limit") not in (None, "") else names[start:])


@action("current_package_list_with_resources", side_effect_free=True)
def current_package_list_with_resources(user: User, data: Parameters) -> list[Any]:
    """Public datasets with their resources, the last changed first.

    limit (10), offset, page (of `limit` datasets, from 1).
    """
    limit = natural(data, "limit", 10, most=1000)
    page = natural(data, "page", 0)
    start = natural(data, "offset", 0) if not page else (page - 1) * limit
    keys = list(visible_datasets(user).filter(public()).order_by("-modified", "pk").values_list("pk", flat=True)[start : start + limit])
    return packages(user, keys)


@action("package_show", side_effect_free=True)
def package_show(user: User, data: Parameters) -> Any:
    """One dataset with its resources.

    id (or name_or_id): its id, name or former name.
    Besides CKAN's keys: title_translated and notes_translated (language -> text), is_sample.
    """
    if data.get("id") in (None, "") and data.get("name_or_id") in (None, ""):
        required(data, "name_or_id")
    wanted = required(data, "id", "name_or_id")
    return stored_package(user, wanted) or latest_dict(find_dataset(user, wanted), user)


@action("package_create")
def package_create(user: User, data: Parameters) -> dict[str, Any]:
    """Make a dataset.

    name (2 to 100 of a-z, 0-9, - and _), owner_org (id or name), title, notes, private, author, maintainer, maintainer_email, url,
    license_id, tags ([{"name": …}]) or tag_string, groups ([{"name": …}]), extras ([{"key": …, "value": …}]), resources,
    title_translated and notes_translated (language -> text).
    It is public at once if you may publish for the organization and state is not "draft"; else it waits as a draft.
    """
    return latest_dict(create_package(user, data), user)


@action("package_update")
def package_update(user: User, data: Parameters) -> dict[str, Any]:
    """Replace what is said about a dataset: what is left out is emptied, but groups and resources stay.

    id or name, then as for package_create.
    """
    return latest_dict(update_package(user, find_dataset(user, required(data, "id", "name")), data), user)


@action("package_patch")
def package_patch(user: User, data: Parameters) -> dict[str, Any]:
    """Change some of what is said about a dataset.

    id: its id or name; the other parameters of package_create, those given replace.
    """
    return latest_dict(patch_package(user, find_dataset(user, required(data, "id")), data), user)


@action("package_delete")
def package_delete(user: User, data: Parameters) -> None:
    """Take a dataset out of the catalogue. Its files stay where they are, its name stays taken.

    id: its id or name. reason: why, for whoever comes to its address.
    """
    wanted = required(data, "id")
    try:
        dataset = find_dataset(user, wanted)
    except NotFound:
        if _was_deleted(user, wanted):
            return
        raise
    if not can_edit(user, dataset):
        raise NotAuthorized("User not authorized to delete package")
    delete_dataset(dataset=dataset, user=user, reason=str(data.get("reason") or ""))


def _was_deleted(user: User, id_or_name: str) -> bool:
    """Deleting twice is no error for those who could have done it."""
    key = as_uuid(id_or_name)
    gone = Dataset.objects.filter(deleted_at__isnull=False, **({"uuid": key} if key else {"name": id_or_name})).first()
    return gone is not None and can_edit(user, gone)
