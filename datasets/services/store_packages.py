"""Make the package dictionaries that readers of the Action API get."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from datasets.ckan.dictionaries.dataset import dataset_dict
from datasets.ckan.stored import LAYOUT, as_stored
from datasets.models import Dataset, PackageDictionary


def package_changes(datasets: Sequence[int]) -> dict[int, int]:
    """How often each was changed so far: to be asked before the rows are read."""
    return dict(PackageDictionary.objects.filter(pk__in=datasets).values_list("pk", "changes"))


@transaction.atomic
def store_packages(*, datasets: Iterable[Dataset], changes: Mapping[int, int]) -> None:
    """Keep the dictionaries of public datasets fetched by `with_resources`; one that was changed since `changes` stays as it is."""
    made = [PackageDictionary(pk=row.pk, layout=LAYOUT, body=as_stored(dataset_dict(row, {}))) for row in datasets]
    PackageDictionary.objects.bulk_create([row for row in made if row.pk not in changes], ignore_conflicts=True)
    for row in made:
        if row.pk in changes:
            PackageDictionary.objects.filter(pk=row.pk, changes=changes[row.pk]).update(layout=row.layout, body=row.body)
