"""Take over what another catalogue has: one run, which can be cut off anywhere and goes on where it was."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.harvest.polite import Visitor
from datasets.harvest.records import Batch, HarvestError
from datasets.models.harvest import HarvestedDataset, HarvestEvent, HarvestRun, HarvestSource, Protocol
from datasets.tombstones import WITHDRAWN_BY_SOURCE

from .delete_dataset import delete_dataset
from .take_over_dataset import take_over_dataset

KEPT_RUNS = 50
LEASE = timedelta(minutes=10)  # a worker that died on the way is followed by another after this


def run_harvest(*, source: HarvestSource, seconds: float = 60) -> HarvestRun:
    """The run: done, failed with its problem in words, or still running where `seconds` were not enough (the next call goes on).

    Running twice changes nothing twice.
    """
    run, _made = HarvestRun.objects.get_or_create(source=source, state=HarvestRun.State.RUNNING)
    deadline = time.monotonic() + seconds
    memory: dict[str, Any] = {}
    try:
        if source.owner is None or not source.owner.is_active:
            raise HarvestError(_("Whoever set up this source has left. Save it again, so that it acts with your rights."))
        for batch in _batches(source, run):
            _take(source, run, batch)
            memory = dict(batch.memory)
            if batch.cursor is not None and time.monotonic() > deadline:
                HarvestSource.objects.filter(pk=source.pk).update(due=timezone.now())
                return HarvestRun.objects.get(pk=run.pk)
        _withdraw(source, run)
        state, problem = HarvestRun.State.DONE, ""
        HarvestSource.objects.filter(pk=source.pk).update(memory=memory)
    except HarvestError as error:
        state, problem = HarvestRun.State.FAILED, str(error)
    HarvestRun.objects.filter(pk=run.pk).update(state=state, problem=problem, finished=timezone.now())
    following = timezone.now() + timedelta(hours=source.every_hours) if source.every_hours else None
    HarvestSource.objects.filter(pk=source.pk).update(due=following)
    old = HarvestRun.objects.filter(source=source).order_by("-started").values_list("pk", flat=True)[KEPT_RUNS:]
    HarvestRun.objects.filter(pk__in=list(old)).delete()
    return HarvestRun.objects.get(pk=run.pk)


def claim_due_sources() -> list[int]:
    """Keys of the active sources whose time has come. They are nobody else's for a while, so that two workers do not meet."""
    now = timezone.now()
    due = HarvestSource.objects.filter(is_active=True, due__lte=now)
    return [key for key in due.values_list("pk", flat=True) if due.filter(pk=key).update(due=now + LEASE)]


def _batches(source: HarvestSource, run: HarvestRun) -> Iterator[Batch]:
    from datasets.harvest.ckan import read_ckan
    from datasets.harvest.dcat import read_dcat

    read = read_ckan if source.protocol == Protocol.CKAN else read_dcat
    known = set(HarvestedDataset.objects.filter(source=source).values_list("remote_id", flat=True))
    return read(Visitor(), source.url, source.language, source.memory, run.cursor, known)


def _take(source: HarvestSource, run: HarvestRun, batch: Batch) -> None:
    for record in batch.datasets:
        take_over_dataset(source=source, run=run, record=record)
    with transaction.atomic():
        unchanged = HarvestedDataset.objects.filter(source=source, remote_id__in=batch.present).exclude(seen=run).update(seen=run)
        for remote_id, reason in batch.failed.items():
            run.tell(HarvestEvent.Action.FAILED, remote_id, detail=reason)
            HarvestedDataset.objects.filter(source=source, remote_id=remote_id).update(seen=run)  # not understood is not withdrawn
        HarvestRun.objects.filter(pk=run.pk).update(unchanged=F("unchanged") + unchanged, cursor=dict(batch.cursor or {}))


def _withdraw(source: HarvestSource, run: HarvestRun) -> None:
    """What the catalogue no longer has is withdrawn here too, unless it is most of it: that is more likely a mistake over there."""
    ours = HarvestedDataset.objects.filter(source=source, dataset__deleted_at__isnull=True)
    gone = list(ours.exclude(seen=run).select_related("dataset"))
    if len(gone) > 5 and len(gone) * 2 > ours.count():
        raise HarvestError(
            _("%(gone)s of %(all)s datasets would be withdrawn at once. Nothing was withdrawn; look at the source first.")
            % {"gone": len(gone), "all": ours.count()}
        )
    for harvested in gone:
        with transaction.atomic():
            delete_dataset(dataset=harvested.dataset, user=source.owner, reason=WITHDRAWN_BY_SOURCE)
            HarvestedDataset.objects.filter(pk=harvested.pk).update(withdrawn=True)
            run.tell(HarvestEvent.Action.WITHDRAWN, harvested.remote_id, harvested.dataset)
