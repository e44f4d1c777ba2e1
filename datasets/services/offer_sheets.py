"""The other sheets of a workbook become files of their own."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Version

from .create_resource import create_resource
from .create_version import create_version


def other_sheets(version: Version) -> list[str]:
    """The sheets of the version's workbook that are not its own."""
    own = version.dialect.get("excel", {}).get("sheet") or version.detection.get("sheet")
    return [name for name in version.detection.get("sheets", []) if name != own]


@transaction.atomic
def offer_sheets(*, version: Version, sheets: Sequence[str], user: Any) -> list[Version]:
    """A resource for each of `sheets`, named after it, with the same bytes as its first version, "received".

    PermissionDenied, ValidationError.
    """
    if not sheets or not set(sheets) <= set(other_sheets(version)):
        raise ValidationError(_("Choose sheets of this workbook."))
    made = []
    for sheet in sheets:
        resource = create_resource(dataset=version.resource.dataset, user=user, fields={"name_km": sheet})
        dialect = {"excel": {"sheet": sheet}}
        made.append(create_version(resource=resource, data_file=version.data_file, filename=version.filename, user=user, dialect=dialect))
    return made
