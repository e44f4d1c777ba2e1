"""Make a version the one that readers get."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models import Resource, State, Version
from datasets.models.version import PUBLISHABLE
from datasets.policies import can_publish, require


class NotPublishable(ValidationError):
    """The version is not ready, was refused, or has errors that nobody accepted."""


def format_of(filename: str, kind: str = "") -> str:
    """The format's short name as catalogues write it: CSV, TSV, XLSX, GeoJSON, PDF …; "" when the name tells nothing."""
    suffix = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    found = suffix if kind in ("", "file") else kind
    return "GeoJSON" if found == "geojson" else found.upper()[:20]


def make_current(version: Version, *, user: Any) -> None:
    """Publish without asking who or whether; for callers that have asked. Call inside a transaction."""
    version.published = timezone.now()
    version.published_by = user
    version.save(update_fields=["published", "published_by", "accepted_errors"])
    resource = Resource.objects.select_for_update(of=("self",)).select_related("current").get(pk=version.resource_id)
    if resource.current is None or resource.current.number < version.number:
        resource.current = version
        resource.format = format_of(version.filename, version.detection.get("kind", ""))
        resource.save(update_fields=["current", "format", "modified"])
        resource.dataset.touch()


@transaction.atomic
def publish_version(*, version: Version, user: Any, accept_errors: bool = False) -> Version:
    """The version, published. While its dataset is a draft it is only marked as accepted: it goes out with the dataset.

    Raises PermissionDenied, and NotPublishable when it has errors (unless `accept_errors`), is held, was refused or is not checked yet.
    """
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_publish(user, version))
    if version.published is not None:
        return version
    if version.state not in PUBLISHABLE:
        raise NotPublishable(_("This version cannot be published: it was refused, changes nothing or is still being checked."))
    if version.state == State.INVALID and not accept_errors:
        raise NotPublishable(_("This version has errors. Publish it only if you accept them: the report will be public."))
    if version.held:
        raise NotPublishable(_("This version is held: some of it may be about people. Decide first, with a reason."), code="held")
    version.accepted_errors = version.state == State.INVALID
    if version.resource.dataset.live:
        make_current(version, user=user)
    else:
        version.save(update_fields=["accepted_errors"])
    return version
