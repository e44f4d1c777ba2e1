"""Offer a file that cannot become a table as it is."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import State, Version
from datasets.policies import can_edit, require

from .settle_version import hold_if_personal

# Bytes that are not what their name says, or nothing at all, help nobody; programs may harm.
USELESS = frozenset({"empty-file", "binary-content", "missing-file", "zip-bomb", "broken-archive", "program"})


def is_keepable(version: Version) -> bool:
    return version.state == State.REFUSED and version.problem.get("code") not in USELESS


@transaction.atomic
def keep_version(*, version: Version, user: Any) -> Version:
    """The refused version, "kept": it can be published without table and report. PermissionDenied, ValidationError."""
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_edit(user, version))
    if not is_keepable(version):
        raise ValidationError(_("This file cannot be offered as it is."))
    version.state, version.parquet, version.row_count, version.schema, version.dialect = State.KEPT, "", None, {}, {}
    hold_if_personal(version, refused=True)
    version.save()
    return version
