"""The links of a harvested dataset, as the last harvest found them: they go out with the text that somebody publishes."""

from django.db import transaction
from django.utils import timezone

from datasets.models import Dataset, Resource
from datasets.models.harvest import HarvestedDataset
from datasets.tombstones import WITHDRAWN_BY_SOURCE

from .write_resource import set_fields


@transaction.atomic
def release_links(*, dataset: Dataset) -> None:
    """Does nothing where none wait. Whoever published the dataset was allowed to, and they were checked when they came."""
    known = HarvestedDataset.objects.filter(dataset=dataset, waiting__isnull=False).first()
    if known is None:
        return
    made: dict[str, int] = {}
    for remote_id, fields in known.waiting or ():
        found = Resource.objects.filter(pk=known.resources.get(remote_id, 0), deleted_at__isnull=True).first()
        if found is None or any(getattr(found, name) != value for name, value in fields.items()):
            found = found or Resource(dataset=dataset, position=0)
            set_fields(found, fields, None)
            found.save()
        made[remote_id] = found.pk
    gone = [key for remote_id, key in known.resources.items() if remote_id not in made]
    for resource in Resource.objects.filter(pk__in=gone, deleted_at__isnull=True):
        resource.deleted_at, resource.deleted_reason = timezone.now(), WITHDRAWN_BY_SOURCE
        resource.save()
    HarvestedDataset.objects.filter(pk=known.pk).update(resources=made, waiting=None)
