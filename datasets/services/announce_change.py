"""Tell search and the Action API that something the public sees may have changed. Each is called inside the transaction of the change."""

from django.db.models import F

from datasets.models import Dataset, PackageDictionary, Resource
from search.services.mark_changed import mark_changed


def announce_dataset(*, dataset: Dataset) -> None:
    """Have the dataset and its resources looked at again."""
    _forget_package(dataset.pk)
    mark_changed(source="dataset", pk=dataset.pk)
    for pk in Resource.objects.filter(dataset_id=dataset.pk).values_list("pk", flat=True):
        mark_changed(source="resource", pk=pk)


def announce_resource(*, resource: Resource) -> None:
    """Have the resource looked at again, and its dataset, which is found by its resources' columns and formats."""
    _forget_package(resource.dataset_id)
    mark_changed(source="resource", pk=resource.pk)
    mark_changed(source="dataset", pk=resource.dataset_id)


def _forget_package(pk: int) -> None:
    """Readers make the dataset's package dictionary from the rows until the indexer was there."""
    PackageDictionary.objects.filter(pk=pk).update(changes=F("changes") + 1, body="")
