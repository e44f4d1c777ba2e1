"""Build the whole index anew, beside the live one."""

from collections.abc import Callable, Iterator
from itertools import islice

from search.documents import Document
from search.engines import get_engine
from search.indexer_lock import indexer_lock
from search.models import OutboxEntry
from search.prepared import prepare
from search.registry import Source, sources

BATCH = 200


def _documents(source: Source) -> Iterator[Document]:
    pks = iter(source.pks())
    while batch := list(islice(pks, BATCH)):
        yield from source.documents(batch)


def rebuild(progress: Callable[[str, int], None] | None = None) -> int:
    """`reindex` for a caller that holds the indexer's lock."""
    waiting = list(OutboxEntry.objects.values_list("pk", flat=True))  # their changes are committed: the build sees them
    total = 0
    with get_engine().build() as build:
        for name, source in sources().items():
            count = 0
            documents = _documents(source)
            while batch := [prepare(document) for document in islice(documents, BATCH)]:
                build.add(batch)
                count += len(batch)
                if progress:
                    progress(name, count)
            total += count
    for start in range(0, len(waiting), BATCH):
        OutboxEntry.objects.filter(pk__in=waiting[start : start + BATCH]).delete()
    return total


def reindex(*, progress: Callable[[str, int], None] | None = None) -> int:
    """Index everything the public may see and swap the new index in; searches go on meanwhile. Gives the number of documents.

    Changes made during the build wait in the outbox. What was waiting before, given-up entries too, is done.
    `progress(source, documents so far)`. Raises SearchUnavailable.
    """
    with indexer_lock(wait=True):
        return rebuild(progress)
