"""Read the file again in the way a person says: another encoding, delimiter, header row or sheet."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import State, Version
from datasets.policies import can_edit, require

from .confirm_version import NotConfirmable, is_confirmable


def is_rereadable(version: Version) -> bool:
    """Its kind is known, and it is not published or being worked on."""
    kind = version.detection.get("kind", "file")
    tried = version.state == State.REFUSED and kind != "file"
    return version.published is None and kind != "file" and (is_confirmable(version) or tried)


@transaction.atomic
def reread_version(*, version: Version, dialect: Mapping[str, Any], user: Any) -> Version:
    """The version, "received" again with its detection queued; `dialect` says how to read. PermissionDenied, NotConfirmable."""
    from datasets.tasks import detect

    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_edit(user, version))
    if not is_rereadable(version):
        raise NotConfirmable(_("This file cannot be read in another way."))
    if not dialect:
        raise ValidationError(_("Say how the file is to be read."))
    version.dialect, version.schema = dict(dialect), {}
    version.problem, version.report, version.error_count = {}, {}, 0
    version.state, version.automatic = State.RECEIVED, False
    version.save()
    detect.enqueue(version.pk)
    return version
