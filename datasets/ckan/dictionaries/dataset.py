"""A dataset as CKAN's twenty-nine keys, and beside them the texts in every language and whether it is sample content."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from datasets.api.languages import source_text, translations
from datasets.ckan.registry import User
from datasets.ckan.times import naive_utc
from datasets.models import Dataset, Resource, Version
from datasets.selectors import parts, with_resources

from .organization import group_of_dataset, organization_of_dataset, user_id
from .resource import resource_dict
from .tag import licence_title, tag_dict

# Keys of CKAN's that our rows have no column for are kept in `extras` under this prefix.
KEPT = ("author_email", "version")
PREFIX = "ckan:"


def dataset_dicts(datasets: QuerySet[Dataset], user: User) -> Iterator[tuple[int, dict[str, Any]]]:
    """Key and dictionary of each: five queries, however many there are."""
    rows = list(with_resources(datasets.select_related("organization", "licence"), user))
    versions = _newest_versions(resource for dataset in rows for resource in dataset.offered_resources)
    for dataset in rows:
        yield dataset.pk, dataset_dict(dataset, versions)


def dataset_dict(dataset: Dataset, versions: dict[int, Version]) -> dict[str, Any]:
    """One dataset fetched by `with_resources`; `versions`: files that only members see, by resource key."""
    resources = [
        resource_dict(resource, dataset, position, versions.get(resource.pk)) for position, resource in enumerate(dataset.offered_resources)
    ]
    tags = sorted(dataset.tags.all(), key=lambda tag: tag.name)
    found = {
        "id": str(dataset.uuid),
        "name": dataset.name,
        "title": source_text(dataset, "title") or dataset.name,
        "notes": source_text(dataset, "notes") or source_text(dataset, "summary") or None,
        "type": "dataset",
        "state": "deleted" if dataset.deleted_at else "active" if dataset.live else "draft",
        "private": dataset.private,
        "owner_org": str(dataset.organization.uuid),
        "organization": organization_of_dataset(dataset.organization),
        "creator_user_id": user_id(dataset.creator_id),
        "author": dataset.source_name or None,
        "maintainer": dataset.contact_name or None,
        "maintainer_email": dataset.contact_email or None,
        "url": dataset.source_url or None,
        **{key: dataset.extras.get(PREFIX + key) or None for key in KEPT},
        "license_id": dataset.licence.code if dataset.licence else dataset.extras.get(PREFIX + "license_id"),
        "license_title": licence_title(dataset.licence) if dataset.licence else dataset.extras.get(PREFIX + "license_id"),
        "isopen": bool(dataset.licence and dataset.licence.is_open),
        "metadata_created": naive_utc(dataset.created),
        "metadata_modified": naive_utc(dataset.modified),
        "num_resources": len(resources),
        "num_tags": len(tags),
        "resources": resources,
        "tags": [{**tag_dict(tag), "state": "active"} for tag in tags],
        "groups": [group_of_dataset(group) for group in sorted(dataset.groups.all(), key=lambda group: group.name)],
        "extras": extras_list(dataset),
        "relationships_as_subject": [],
        "relationships_as_object": [],
        "title_translated": translations(dataset, "title"),
        "notes_translated": translations(dataset, "notes"),
        "is_sample": dataset.is_sample,
    }
    if dataset.licence and dataset.licence.url:
        found["license_url"] = dataset.licence.url
    return found


def extras_list(dataset: Dataset) -> list[dict[str, str]]:
    """What clients stored, as text, in an order that does not depend on the database."""
    pairs = [(key, value) for key, value in dataset.extras.items() if not key.startswith(PREFIX)]
    return [{"key": key, "value": _text(value)} for key, value in sorted(pairs, key=lambda pair: (len(pair[0]), pair[0]))]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _newest_versions(resources: Iterable[Resource]) -> dict[int, Version]:
    """For resources without anything published (only members see those): their newest file."""
    waiting = [resource for resource in resources if resource.current_id is None and not resource.link_url]
    if not waiting:
        return {}
    newest = Prefetch("versions", queryset=Version.objects.select_related("data_file").order_by("-number"), to_attr="newest_first")
    prefetch_related_objects(waiting, newest)
    return {resource.pk: resource.newest_first[0] for resource in waiting if resource.newest_first}


def latest_dict(dataset: Dataset, user: User) -> dict[str, Any]:
    """One dataset as the caller may read it: the published row, or of a dataset that is still a draft its latest wording."""
    prefetch_related_objects([dataset], parts(user)[-1])  # the labels are in hand where it was just written
    offered = dataset.offered_resources  # type: ignore[attr-defined]
    if not dataset.live and dataset.latest_revision_id is not None:
        dataset = dataset.get_latest_revision_as_object()
        dataset.offered_resources = offered  # type: ignore[attr-defined]
    return dataset_dict(dataset, _newest_versions(offered))


def newest_version(resource: Resource) -> Version | None:
    """The file to show of a resource without anything published."""
    return _newest_versions([resource]).get(resource.pk)
