"""What waits to be indexed."""

from django.db import models


class OutboxEntry(models.Model):
    """One change of one row that the index does not show yet.

    Written in the transaction of the change. A row for every change, and the indexer deletes only rows that it read: a change that
    arrives meanwhile is never lost.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=50)
    object_pk = models.BigIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "object_pk"], name="search_outbox_object")]
        verbose_name = "search outbox entry"
        verbose_name_plural = "search outbox entries"

    def __str__(self) -> str:
        return f"{self.source}:{self.object_pk}"
