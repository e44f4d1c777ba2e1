"""Takes the sample city's data out of a portal in use."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.db import transaction

from datasets.models import DataFile, DataNeed, Dataset, Group, Organization

from .load_sample_data import PUBLISHER


@transaction.atomic
def remove_sample_data(progress: Callable[[str], None] = lambda line: None) -> int:
    """Datasets marked as sample go with their files and versions, sample organizations and groups where nothing else needs them.

    Returns the number of datasets removed. Bytes that a real dataset shares stay.
    """
    datasets = list(Dataset.objects.filter(is_sample=True))
    for dataset in datasets:
        files = list(DataFile.objects.filter(versions__resource__dataset=dataset).distinct())
        dataset.delete()
        for data_file in files:
            _forget(data_file)
        progress(dataset.name)
    DataNeed.objects.filter(is_sample=True).delete()
    Organization.objects.filter(is_sample=True, datasets__isnull=True).delete()
    Group.objects.filter(is_sample=True, datasets__isnull=True).delete()
    get_user_model().objects.filter(username=PUBLISHER, memberships__isnull=True).delete()
    return len(datasets)


def _forget(data_file: DataFile) -> None:
    if data_file.versions.exists():
        return
    path = data_file.absolute_path
    data_file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
