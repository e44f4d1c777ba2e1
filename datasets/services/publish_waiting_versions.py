"""Publishing a dataset publishes the data that wait in it: that is how moderation covers data."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from datasets.models import Dataset, State, Version

from .publish_version import make_current

READY = Q(held=False) & (Q(state__in=[State.VALID, State.KEPT]) | Q(state=State.INVALID, accepted_errors=True))


@transaction.atomic
def publish_waiting_versions(*, dataset: Dataset, user: Any = None) -> list[Version]:
    """The newest waiting version of each resource, now published: valid, kept, or with errors that somebody accepted. Held ones stay.

    Does nothing while the dataset is not live. Whoever published the dataset was allowed to: nothing is asked again.
    """
    published: list[Version] = []
    if not dataset.live or dataset.deleted_at is not None:
        return published
    for resource in dataset.resources.filter(deleted_at__isnull=True).select_related("current"):
        newer = resource.versions.filter(READY, published__isnull=True, number__gt=resource.current.number if resource.current else 0)
        version = newer.select_for_update().order_by("-number").first()
        if version is not None:
            make_current(version, user=user)
            published.append(version)
    return published
