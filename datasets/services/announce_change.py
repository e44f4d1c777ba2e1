"""Tell search and the Action API that something the public sees may have changed. Each is called inside the transaction of the change."""

from datasets.models import Dataset, Resource
from search.services.mark_changed import mark_changed

from .forget_packages import forget_packages


def announce_dataset(*, dataset: Dataset) -> None:
    """Have the dataset and its resources looked at again."""
    forget_packages(datasets=[dataset.pk])
    mark_changed(source="dataset", pk=dataset.pk)
    for pk in Resource.objects.filter(dataset_id=dataset.pk).values_list("pk", flat=True):
        mark_changed(source="resource", pk=pk)


def announce_resource(*, resource: Resource) -> None:
    """Have the resource looked at again, and its dataset, which is found by its resources' columns and formats."""
    forget_packages(datasets=[resource.dataset_id])
    mark_changed(source="resource", pk=resource.pk)
    mark_changed(source="dataset", pk=resource.dataset_id)
