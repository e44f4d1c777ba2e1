"""Tell search that a row changed: published, edited, hidden or deleted."""

from search.models import OutboxEntry


def mark_changed(*, source: str, pk: int) -> None:
    """Have the row looked at again by the indexer. Call inside the transaction of the change: both happen or neither."""
    OutboxEntry.objects.create(source=source, object_pk=pk)
