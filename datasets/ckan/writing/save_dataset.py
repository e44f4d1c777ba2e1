"""Datasets, with the resources inside their dictionaries, through the services everybody uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError as ModelError

from datasets.ckan.errors import NotAuthorized, ValidationError
from datasets.ckan.model_errors import as_validation_error
from datasets.ckan.registry import User
from datasets.ckan.values import mapping, text
from datasets.models import Dataset, Resource
from datasets.policies import can_edit, can_publish
from datasets.selectors import as_uuid
from datasets.services.datasets import create_dataset, move_dataset, rename_dataset, update_dataset
from datasets.services.publication import publish_dataset
from datasets.services.withdrawal import delete_resource

from .dataset_fields import check_name, find_organization, read_fields
from .own_id import own_id
from .save_resource import add_resource, change_resource


def create_package(user: User, data: dict[str, Any]) -> Dataset:
    """A new dataset; public where the caller may publish and did not ask for a draft."""
    name = check_name(data)
    organization = find_organization(data)
    if not can_edit(user, organization):
        raise NotAuthorized("User not authorized to add dataset to this organization")
    if not text(data, "title") and not data.get("title_translated"):
        data = {**data, "title": name}
    read = read_fields(data)
    named = {"tags": read.tags or [], "groups": read.groups or []}
    own = own_id(user, data, Dataset)
    with _in_ckans_words():
        dataset = create_dataset(user=user, organization=organization, name=name, fields=read.fields, **named, **own)
    _save_resources(user, dataset, data, new=True)
    if can_publish(user, dataset) and text(data, "state") != "draft":
        return publish_dataset(dataset=dataset, user=user, fresh=True)
    return dataset


def update_package(user: User, dataset: Dataset, data: dict[str, Any]) -> Dataset:
    """Everything `data` does not say is emptied; groups and resources it does not mention stay, as in CKAN 2.12."""
    if not text(data, "title") and not data.get("title_translated"):
        data = {**data, "title": dataset.name}
    return _change(user, dataset, data, partial=False)


def patch_package(user: User, dataset: Dataset, data: dict[str, Any]) -> Dataset:
    """Only what `data` says."""
    return _change(user, dataset, {key: value for key, value in data.items() if key != "id"}, partial=True)


def _change(user: User, dataset: Dataset, data: dict[str, Any], *, partial: bool) -> Dataset:
    if not can_edit(user, dataset):
        raise NotAuthorized("User not authorized to edit package")
    if text(data, "name") and text(data, "name") != dataset.name:
        dataset = _rename(user, dataset, data)
    if text(data, "owner_org") and find_organization(data).pk != dataset.organization_id:
        dataset = move_dataset(dataset=dataset, organization=find_organization(data), user=user)
    draft = dataset.get_latest_revision_as_object()
    read = read_fields(data, draft, partial=partial)
    changed = update_dataset(user=user, dataset=dataset, fields=read.fields, tags=read.tags, groups=read.groups)
    _save_resources(user, changed, data)
    if not changed.live and text(data, "state") == "active" and can_publish(user, changed):
        return publish_dataset(dataset=changed, user=user)
    return changed


def _rename(user: User, dataset: Dataset, data: dict[str, Any]) -> Dataset:
    name = check_name(data)
    with _in_ckans_words():
        return rename_dataset(dataset=dataset, name=name, user=user)


@contextmanager
def _in_ckans_words() -> Iterator[None]:
    """What is wrong with a name, as CKAN's clients know it."""
    try:
        yield
    except ModelError as error:
        if "name" in getattr(error, "error_dict", {}):
            raise ValidationError({"name": ["That URL is already in use."]}) from None
        raise


def _save_resources(user: User, dataset: Dataset, data: dict[str, Any], *, new: bool = False) -> None:
    """The list as it is given: known ids are changed, others made, missing ones taken out. No list, no change."""
    given = mapping(data, "resources")
    if given is None:
        return
    if not isinstance(given, list) or any(not isinstance(item, dict) for item in given):
        raise ValidationError({"resources": ["Only lists of dicts can be placed against resources"]})
    there = () if new else dataset.resources.filter(deleted_at__isnull=True).select_related("dataset")
    existing = {resource.uuid: resource for resource in there}
    errors: list[dict[str, Any]] = []
    for place, item in enumerate(given):
        resource = existing.pop(as_uuid(str(item.get("id", ""))), None)
        errors.append(_save_resource(user, dataset, resource, item, place))
    if any(errors):
        raise ValidationError({"resources": errors})
    for resource in existing.values():
        delete_resource(resource=resource, user=user)


def _save_resource(user: User, dataset: Dataset, resource: Resource | None, item: dict[str, Any], place: int) -> dict[str, Any]:
    """{} or what is wrong, so that the errors of a list keep their places."""
    try:
        if resource is None:
            add_resource(user, dataset, item, place=place)
        else:
            change_resource(user, resource, item, partial=False, place=place)
    except ValidationError as problem:
        return problem.error
    except ModelError as error:
        return as_validation_error(error).error
    return {}
