"""Describe the columns of the same bytes anew."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import State, Version
from datasets.policies import can_edit, require

from .create_version import next_number


@transaction.atomic
def revise_version(*, version: Version, user: Any) -> Version:
    """A new version of the same file in state "detected", with the schema of `version` to start from.

    Published versions never change, so this is how a column's label, type or rule is corrected. PermissionDenied, ValidationError.
    """
    require(can_edit(user, version))
    if not version.schema:
        raise ValidationError(_("Only a table has columns to describe."))
    return Version.objects.create(
        resource=version.resource,
        number=next_number(version.resource),
        data_file=version.data_file,
        filename=version.filename,
        state=State.DETECTED,
        detection=version.detection,
        dialect=version.dialect,
        schema=version.schema,
        created_by=user,
    )
