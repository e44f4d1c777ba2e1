"""A person decides about a version that is held because some of it is about people."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, HoldDecision, Outcome, Version
from datasets.models.version import PUBLISHABLE
from datasets.policies import can_publish, require


@transaction.atomic
def decide_hold(*, version: Version, outcome: str, reason: str, user: Any) -> Version:
    """The version with the decision on record; Outcome.PUBLISH lets it be published like any other, Outcome.WITHDRAW keeps it back.

    Raises PermissionDenied, and ValidationError when nothing is held or no reason is given.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_publish(user, version))
    if not version.held or version.published is not None:
        raise ValidationError(_("Nothing in this version waits for a decision."))
    if outcome not in Outcome.values or not reason.strip():
        raise ValidationError(_("Say why: the reason is kept with your name."))
    HoldDecision.objects.create(version=version, outcome=outcome, reason=reason.strip(), is_public=True, user=user)
    version.held = outcome != Outcome.PUBLISH
    version.save(update_fields=["held"])
    return version


def undecided(dataset: Dataset) -> list[Version]:
    """The newest version of each resource, where it is ready but held and nobody has decided."""
    open_resources = {"resource__dataset": dataset, "resource__deleted_at__isnull": True}
    waiting = Version.objects.filter(**open_resources, published__isnull=True, state__in=PUBLISHABLE).order_by("resource_id", "number")
    newest = {version.resource_id: version for version in waiting}
    return [version for version in newest.values() if version.held and not version.decisions.exists()]


def refuse_undecided(dataset: Dataset) -> None:
    """ValidationError that names the files which have to be decided about before the dataset is published."""
    if waiting := undecided(dataset):
        names = ", ".join(version.filename for version in waiting)
        raise ValidationError(
            _("Some data may be about people: %(names)s. Open the file, read why, and decide before publishing.") % {"names": names},
            code="held",
        )
