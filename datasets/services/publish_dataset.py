"""Make a dataset public, with the data that wait in it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.signals import published

from datasets.models import Dataset
from datasets.policies import can_publish, require

from .decide_hold import refuse_undecided


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
