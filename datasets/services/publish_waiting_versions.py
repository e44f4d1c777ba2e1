"""Publishing a dataset publishes the data that wait in it: that is how moderation covers data."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q

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
    newer = Q(resource__current__isnull=True) | Q(number__gt=F("resource__current__number"))
    waiting = Version.objects.filter(READY, newer, resource__dataset=dataset, resource__deleted_at__isnull=True, published__isnull=True)
    for version in waiting.select_for_update(of=("self",)).order_by("resource_id", "-number"):
        if not published or published[-1].resource_id != version.resource_id:
            make_current(version, user=user)
            published.append(version)
    return published
