"""What becomes public: a version, a dataset with what waits in it; and what a person has to decide first."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.signals import published

from datasets.models import Dataset, HoldDecision, Outcome, Resource, State, Version
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


READY = Q(held=False) & (Q(state__in=[State.VALID, State.KEPT]) | Q(state=State.INVALID, accepted_errors=True))


@transaction.atomic
def publish_waiting_versions(*, dataset: Dataset, user: Any = None) -> list[Version]:
    """The newest waiting version of each resource, now published: valid, kept, or with errors that somebody accepted. Held ones stay.

    Does nothing while the dataset is not live. Whoever published the dataset was allowed to: nothing is asked again.
    """
    published: list[Version] = []
    if not dataset.live or dataset.deleted_at is not None:
        return published
    newer = Q(resource__current__isnull=True) | Q(number__gt=F("resource__current__number"))
    waiting = Version.objects.filter(READY, newer, resource__dataset=dataset, resource__deleted_at__isnull=True, published__isnull=True)
    for version in waiting.select_for_update(of=("self",)).order_by("resource_id", "-number"):
        if not published or published[-1].resource_id != version.resource_id:
            make_current(version, user=user)
            published.append(version)
    return published


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


@transaction.atomic
def publish_dataset(*, dataset: Dataset, user: Any, fresh: bool = False) -> Dataset:
    """The row as published from its latest draft; waiting valid versions are published with it. PermissionDenied.

    ValidationError while a version that would go out with it is held. `fresh`: made in this very transaction, so that the object in hand
    is its only wording, nothing waits and no workflow has begun: what Wagtail would read back and ask is known.
    """
    if fresh:
        return _publish_in_hand(dataset, user)
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_publish(user, row))
    refuse_undecided(row)
    revision = row.get_latest_revision() or row.save_revision(user=user, clean=False)
    revision.publish(user=user)
    return Dataset.objects.select_related("organization", "licence").get(pk=row.pk)


def _publish_in_hand(dataset: Dataset, user: Any) -> Dataset:
    require(can_publish(user, dataset))
    dataset.live, dataset.has_unpublished_changes, dataset.live_revision = True, False, dataset.latest_revision
    dataset.first_published_at = dataset.last_published_at = timezone.now()
    dataset.save(update_fields=["live", "has_unpublished_changes", "live_revision", "first_published_at", "last_published_at"])
    published.send(sender=Dataset, instance=dataset, revision=dataset.live_revision)
    log(instance=dataset, action="wagtail.publish", user=user, revision=dataset.live_revision, content_changed=True)
    return dataset
