"""A new version of a resource out of bytes that were received."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models import Max

from datasets.models import DataFile, Resource, Version
from datasets.policies import can_edit, require


def tidy_filename(filename: str) -> str:
    """The last part of `filename` without control characters and path signs, at most 255 characters with its ending; else "file"."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    name = "".join(character for character in name if character.isprintable() and character not in '"<>|:*?').strip(" .")
    if len(name) > 255:
        suffix = PurePosixPath(name).suffix[:20]
        name = name[: 255 - len(suffix)] + suffix
    return name or "file"


def next_number(resource: Resource) -> int:
    """The number of the resource's next version. Call inside a transaction: the resource stays locked until its end."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    return int(resource.versions.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def create_version(
    *,
    resource: Resource,
    data_file: DataFile,
    filename: str,
    user: Any,
    note: str = "",
    confirm: bool = False,
    publish: bool = False,
    dialect: Mapping[str, Any] | None = None,
    schema: Mapping[str, Any] | None = None,
    mends: Sequence[Mapping[str, Any]] = (),
) -> Version:
    """The version, in state "received", with its detection queued.

    `confirm`: nobody will be asked; what is detected (or given as `dialect` and `schema`, Frictionless) is taken and validated at once.
    `publish`: when it turns out valid, or is kept as it is, and the dataset is live, and `user` may publish then: it is published.
    `mends`: what is done to the bytes first (`apply_mends`).
    Raises PermissionDenied unless the user may edit the dataset.
    """
    from datasets.tasks import detect

    require(can_edit(user, resource))
    version = Version.objects.create(
        resource=resource,
        number=next_number(resource),
        data_file=data_file,
        filename=tidy_filename(filename),
        created_by=user,
        note=note,
        automatic=confirm,
        publish_when_valid=publish,
        dialect=dict(dialect or {}),
        schema=dict(schema or {}),
        mends=list(mends),
    )
    detect.enqueue(version.pk)
    return version
