"""How far the index is from the database, and how it is brought back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from search.engines import get_engine
from search.indexer_lock import indexer_lock
from search.models import OutboxEntry
from search.prepared import digest
from search.registry import key_of, sources

BATCH = 200


@dataclass(slots=True)
class Drift:
    """Keys by what is wrong with them; `checked` documents were compared. What waits in the outbox is no drift."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)  # public, but not in the index
    stale: list[str] = field(default_factory=list)  # other content than the database's
    extra: list[str] = field(default_factory=list)  # in the index, but not public

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)


def check_index(*, mend: bool = False, progress: Callable[[int], None] | None = None) -> Drift:
    """Compare every document by key and digest. `mend`: have what differs indexed again, and drop what has no source any more.

    Raises SearchUnavailable.
    """
    drift = Drift()
    waiting = {key_of(*row) for row in OutboxEntry.objects.values_list("source", "object_pk")}
    indexed = dict(get_engine().digests())
    for source in sources().values():
        pks = iter(source.pks())
        while batch := list(islice(pks, BATCH)):
            for document in source.documents(batch):
                there = indexed.pop(document.key, None)
                if document.key not in waiting and there != digest(document):
                    (drift.missing if there is None else drift.stale).append(document.key)
                drift.checked += 1
            if progress:
                progress(drift.checked)
    drift.extra = sorted(set(indexed) - waiting)
    if mend and drift:
        _mend(drift)
    return drift


def _mend(drift: Drift) -> None:
    known = sources()
    rows, strangers = [], []
    for key in (*drift.missing, *drift.stale, *drift.extra):
        name, _, pk = key.partition(":")
        if name in known and pk.isdigit():
            rows.append(OutboxEntry(source=name, object_pk=int(pk)))
        else:
            strangers.append(key)
    OutboxEntry.objects.bulk_create(rows)
    if strangers:
        with indexer_lock(wait=True):
            get_engine().write([], strangers)
