"""Build the whole index anew, beside the live one."""

import logging
from collections.abc import Callable
from itertools import islice

from search.engines import get_engine
from search.indexer_lock import indexer_lock
from search.models import OutboxEntry
from search.preparing import prepare_rows
from search.registry import sources

logger = logging.getLogger(__name__)

BATCH = 200


def rebuild(progress: Callable[[str, int], None] | None = None) -> int:
    """`reindex` for a caller that holds the indexer's lock."""
    waiting = list(OutboxEntry.objects.values_list("pk", flat=True))  # their changes are committed: the build sees them
    failures: list[OutboxEntry] = []
    total = 0
    with get_engine().build() as build:
        for name, source in sources().items():
            count = 0
            pks = iter(source.pks())
            while batch := list(islice(pks, BATCH)):
                made, failed = prepare_rows(source, batch)
                build.add(made.values())
                failures += [OutboxEntry(source=name, object_pk=pk, attempts=1, error=error) for pk, error in failed.items()]
                count += len(made)
                if progress:
                    progress(name, count)
            total += count
    for start in range(0, len(waiting), BATCH):
        OutboxEntry.objects.filter(pk__in=waiting[start : start + BATCH]).delete()
    for failure in failures:
        logger.error("%s cannot be indexed: %s", failure, failure.error)
    OutboxEntry.objects.bulk_create(failures)  # tried again by the indexer
    return total


def reindex(*, progress: Callable[[str, int], None] | None = None) -> int:
    """Index everything the public may see and swap the new index in; searches go on meanwhile. Gives the number of documents.

    Changes made during the build wait in the outbox. What was waiting before, given-up entries too, is done.
    `progress(source, documents so far)`. Raises SearchUnavailable.
    """
    with indexer_lock(wait=True):
        return rebuild(progress)
