"""The indexer: from the outbox to the engine."""

import logging
import time
from collections import defaultdict
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from search.engines import Engine, get_engine
from search.indexer_lock import indexer_lock
from search.models import OutboxEntry
from search.prepared import Prepared
from search.preparing import prepare_each, read_rows
from search.query import SearchUnavailable
from search.registry import key_of, sources

from .reindex import rebuild

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 6


class Pause:
    """How long to leave an engine alone that is down: 1 s, doubling up to 30 s. In this process only."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """The engine works."""
        self._seconds = 0.0
        self._until = 0.0

    def extend(self) -> None:
        """The engine failed again."""
        self._seconds = min(30.0, self._seconds * 2 or 1.0)
        self._until = time.monotonic() + self._seconds

    def __bool__(self) -> bool:
        return time.monotonic() < self._until


engine_pause = Pause()


def drain_outbox(*, limit: int = 500) -> int:
    """Bring the index up to date; gives how many outbox rows are done and gone (0 also while another indexer is at work).

    Rows are deleted only after the engine has confirmed. An unusable index (absent, damaged, of older rules) is rebuilt first.
    While the engine is down rows stay as they are. A row whose document cannot be made is tried again later and later, with its
    error, and given up after MOST_ATTEMPTS until it changes again or the next reindex; it never holds up others.
    """
    if engine_pause:
        return 0
    engine = get_engine()
    try:
        usable = engine.usable()
        if usable and not _due().exists():
            return 0
        with indexer_lock(wait=False) as held:
            if not held:
                return 0
            done = _drain(engine, limit) if usable else _rebuild()
    except SearchUnavailable as error:
        engine_pause.extend()
        logger.error("Search cannot be brought up to date: %s", error)
        return 0
    engine_pause.clear()
    return done


def _due() -> QuerySet[OutboxEntry]:
    ready = Q(retry_at=None) | Q(retry_at__lte=timezone.now())
    return OutboxEntry.objects.filter(ready, attempts__lt=MOST_ATTEMPTS)


def _rebuild() -> int:
    before = OutboxEntry.objects.count()
    logger.warning("The search index is absent, damaged or of older rules: building it anew.")
    total = rebuild()
    logger.warning("The search index is new: %s documents.", total)
    return max(0, before - OutboxEntry.objects.count())


def _drain(engine: Engine, limit: int) -> int:
    entries: dict[str, dict[int, list[OutboxEntry]]] = defaultdict(lambda: defaultdict(list))
    for entry in _due().order_by("pk")[:limit]:
        entries[entry.source][entry.object_pk].append(entry)
    prepared: list[Prepared] = []
    deleted: list[str] = []
    errors: dict[str, str] = {}
    known = sources()
    for name, rows in entries.items():
        if name not in known:
            errors |= {key_of(name, pk): f"No search source is called {name!r}." for pk in rows}
            continue
        documents = read_rows(known[name], list(rows), errors)
        prepared += prepare_each(documents, lambda made: made, errors)
        deleted += {key_of(name, pk) for pk in rows} - {document.key for document in documents} - errors.keys()
    if prepared or deleted:
        errors |= engine.write(prepared, deleted)
    done = 0
    for name, rows in entries.items():
        failed_rows = {pk for pk in rows if key_of(name, pk) in errors}
        for pk in failed_rows:
            _failed(rows[pk], errors[key_of(name, pk)])
        done += _done(name, {pk: waiting for pk, waiting in rows.items() if pk not in failed_rows})
    return done


def _done(source: str, rows: dict[int, list[OutboxEntry]]) -> int:
    """Only what was read goes: a change that came meanwhile has a row of its own. Earlier failures of these rows are settled too."""
    read = [entry.pk for waiting in rows.values() for entry in waiting]
    OutboxEntry.objects.filter(pk__in=read).delete()
    OutboxEntry.objects.filter(source=source, object_pk__in=list(rows), attempts__gt=0).delete()
    return len(read)


def _failed(waiting: list[OutboxEntry], error: str) -> None:
    for entry in waiting:
        entry.attempts += 1
        entry.error = error[:2000]
        entry.retry_at = timezone.now() + timedelta(seconds=2**entry.attempts)
        entry.save(update_fields=["attempts", "error", "retry_at"])
    if any(entry.attempts >= MOST_ATTEMPTS for entry in waiting):
        logger.error("%s cannot be indexed, given up until it changes or the next reindex: %s", waiting[0], error)
    else:
        logger.warning("%s cannot be indexed now, will be tried again: %s", waiting[0], error)
