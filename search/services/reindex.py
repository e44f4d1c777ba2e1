"""Build the whole index anew, beside the live one."""

import logging
from collections.abc import Callable, Iterator
from itertools import islice

from search.documents import Document
from search.engines import get_engine
from search.indexer_lock import indexer_lock
from search.models import OutboxEntry
from search.preparing import prepare_all, read_rows
from search.registry import sources

logger = logging.getLogger(__name__)

BATCH = 200


def rebuild(progress: Callable[[str, int], None] | None = None) -> int:
    """`reindex` for a caller that holds the indexer's lock."""
    waiting = list(OutboxEntry.objects.values_list("pk", flat=True))  # their changes are committed: the build sees them
    failed: dict[str, str] = {}
    engine = get_engine()
    with engine.build() as build:
        total = build.add(prepare_all(_public(failed, progress), engine.pack, failed))
    for start in range(0, len(waiting), BATCH):
        OutboxEntry.objects.filter(pk__in=waiting[start : start + BATCH]).delete()
    for key, error in failed.items():
        logger.error("%s cannot be indexed: %s", key, error)
    rows = ((*key.split(":"), error) for key, error in failed.items())
    # Tried again by the indexer.
    OutboxEntry.objects.bulk_create(OutboxEntry(source=name, object_pk=int(pk), attempts=1, error=error) for name, pk, error in rows)
    return total


def _public(failed: dict[str, str], progress: Callable[[str, int], None] | None) -> Iterator[Document]:
    for name, source in sources().items():
        count = 0
        pks = iter(source.pks())
        while batch := list(islice(pks, BATCH)):
            documents = read_rows(source, batch, failed)
            yield from documents
            count += len(documents)
            if progress:
                progress(name, count)


def reindex(*, progress: Callable[[str, int], None] | None = None) -> int:
    """Index everything the public may see and swap the new index in; searches go on meanwhile. Gives the number of documents.

    Changes made during the build wait in the outbox. What was waiting before, given-up entries too, is done.
    `progress(source, documents so far)`. Raises SearchUnavailable.
    """
    with indexer_lock(wait=True):
        return rebuild(progress)
