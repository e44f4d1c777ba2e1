"""`fl` answers: only the fields asked for, as the index of a CKAN would give them (lists of names, times with Z)."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from datasets.api.languages import source_text
from datasets.models import Dataset
from datasets.selectors import with_resources

from .dictionaries.organization import user_id
from .registry import User
from .times import zulu

FIELDS: dict[str, Callable[[Any], Any]] = {
    "id": lambda dataset: str(dataset.uuid),
    "name": lambda dataset: dataset.name,
    "title": lambda dataset: source_text(dataset, "title") or dataset.name,
    "notes": lambda dataset: source_text(dataset, "notes"),
    "organization": lambda dataset: dataset.organization.name,
    "owner_org": lambda dataset: str(dataset.organization.uuid),
    "groups": lambda dataset: sorted(group.name for group in dataset.groups.all()),
    "tags": lambda dataset: sorted(tag.name for tag in dataset.tags.all()),
    "res_format": lambda dataset: [resource.format for resource in dataset.offered_resources],
    "res_name": lambda dataset: [source_text(resource, "name") for resource in dataset.offered_resources],
    "license_id": lambda dataset: dataset.licence.code if dataset.licence else None,
    "author": lambda dataset: dataset.source_name,
    "maintainer": lambda dataset: dataset.contact_name,
    "url": lambda dataset: dataset.source_url,
    "state": lambda dataset: "active" if dataset.live else "draft",
    "capacity": lambda dataset: "private" if dataset.private else "public",
    "private": lambda dataset: dataset.private,
    "dataset_type": lambda dataset: "dataset",
    "type": lambda dataset: "dataset",
    "entity_type": lambda dataset: "package",
    "metadata_created": lambda dataset: zulu(dataset.created),
    "metadata_modified": lambda dataset: zulu(dataset.modified),
    "creator_user_id": lambda dataset: user_id(dataset.creator_id),
    "num_resources": lambda dataset: len(dataset.offered_resources),
    "is_sample": lambda dataset: dataset.is_sample,
}


def flat(datasets: QuerySet[Dataset], keys: list[int], names: tuple[str, ...], user: User) -> list[dict[str, Any]]:
    """One dictionary a dataset, in the order of `keys`; names nobody knows are left out."""
    wanted = list(FIELDS) if "*" in names else [name for name in names if name in FIELDS]
    extras = [name for name in names if name.startswith("extras_")]
    rows = sorted(with_resources(datasets.select_related("organization", "licence"), user), key=lambda row: keys.index(row.pk))
    return [
        {name: FIELDS[name](dataset) for name in wanted}
        | {name: kept for name in extras if (kept := dataset.extras.get(name.removeprefix("extras_"))) is not None}
        for dataset in rows
    ]
