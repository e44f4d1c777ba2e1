"""What the Action API says about a public dataset, made once."""

from django.db import models

from .dataset import Dataset


class PackageDictionary(models.Model):
    """The public's package dictionary of a dataset as JSON, so that reading a thousand datasets is one query. Never the truth.

    Every change empties `body` and counts up `changes` in its own transaction; the indexer makes the body anew, and keeps it only if
    `changes` is what it was before the rows were read. Until then, and for another `layout`, readers make it from the rows themselves.
    """

    wagtail_reference_index_ignore = True

    dataset = models.OneToOneField(Dataset, on_delete=models.CASCADE, primary_key=True, related_name="package_dictionary")
    changes = models.PositiveBigIntegerField(default=0)
    layout = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.dataset_id}: {len(self.body)}"
