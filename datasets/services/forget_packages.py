"""Say that the stored package dictionaries of datasets no longer hold."""

from collections.abc import Collection

from django.db.models import F

from datasets.models import PackageDictionary


def forget_packages(*, datasets: Collection[int]) -> None:
    """Readers make these (keys of) datasets from the rows until the indexer was there. Call inside the transaction of the change."""
    PackageDictionary.objects.filter(pk__in=datasets).update(changes=F("changes") + 1, body="")
