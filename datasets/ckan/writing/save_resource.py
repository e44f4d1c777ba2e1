"""Resources and their files, through the services everybody uses."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from datasets.ckan.errors import NotAuthorized, ValidationError
from datasets.ckan.registry import User
from datasets.models import Dataset, Resource, Version
from datasets.policies import can_edit
from datasets.selectors import as_uuid
from datasets.services.receive_file import FileTooLarge, receive_file
from datasets.services.resources import create_resource, update_resource
from datasets.services.versions import create_version

from .resource_fields import read_fields


def add_resource(user: User, dataset: Dataset, data: dict[str, Any], *, place: int | None = None) -> tuple[Resource, Version | None]:
    """A new resource, with the version that its file became. It keeps the id that a client brings along, if nobody has that."""
    if not can_edit(user, dataset):
        raise NotAuthorized("User not authorized to edit package")
    file = uploaded_file(data)
    key = as_uuid(str(data.get("id") or ""))
    free = key if key and not Resource.objects.filter(uuid=key).exists() else None
    resource = create_resource(dataset=dataset, user=user, fields=read_fields(data) | _placed(place), uuid=free)
    return resource, _keep(user, resource, file) if file else None


def change_resource(
    user: User, resource: Resource, data: dict[str, Any], *, partial: bool, place: int | None = None
) -> tuple[Resource, Version | None]:
    """The resource as `data` says, with the new version when a file came along."""
    if not can_edit(user, resource):
        raise NotAuthorized("User not authorized to edit resource")
    file = uploaded_file(data)
    resource = update_resource(resource=resource, user=user, fields=read_fields(data, resource, partial=partial) | _placed(place))
    return resource, _keep(user, resource, file) if file else None


def _placed(place: int | None) -> dict[str, int]:
    return {} if place is None else {"position": place}


def uploaded_file(data: dict[str, Any]) -> UploadedFile | None:
    """The file part, if there is one."""
    file = data.get("upload")
    if file in (None, ""):
        return None
    if not isinstance(file, UploadedFile):
        raise ValidationError({"upload": ["Send the file as a part of a multipart form"]})
    return file


def _keep(user: User, resource: Resource, file: UploadedFile) -> Version:
    """Bytes first. Nobody is there to be asked: what is detected is taken, and what turns out valid is published where the sender may."""
    name = file.name or "file"
    try:
        data_file = receive_file(stream=file, filename=name, user=user)
    except FileTooLarge:
        raise ValidationError({"upload": ["File upload too large"]}) from None
    return create_version(resource=resource, data_file=data_file, filename=name, user=user, confirm=True, publish=True)
