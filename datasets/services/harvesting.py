"""Another catalogue taken over: a run, each dataset of it, and the links that wait for somebody to publish its text."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.harvest.polite import Visitor
from datasets.harvest.records import Batch, HarvestError, RemoteDataset, RemoteResource
from datasets.models import Dataset, Licence, Resource
from datasets.models.harvest import HarvestedDataset, HarvestEvent, HarvestRun, HarvestSource, Protocol
from datasets.models.tag import tidy_tag, validate_tag
from datasets.tombstones import WITHDRAWN_BY_SOURCE

from .datasets import create_dataset, is_taken, update_dataset
from .publication import publish_dataset
from .resources import set_fields
from .withdrawal import delete_dataset

Action = HarvestEvent.Action


def take_over_dataset(*, source: HarvestSource, run: HarvestRun, record: RemoteDataset) -> HarvestedDataset | None:
    """The link between both, or None where ours refused it; the run's log says why.

    Unchanged content is left alone, and so is what somebody here deleted.
    """
    known = HarvestedDataset.objects.filter(source=source, remote_id=record.remote_id).select_related("dataset").first()
    if known and not known.withdrawn and (known.digest == record.digest or known.dataset.deleted_at is not None):
        HarvestedDataset.objects.filter(pk=known.pk).update(seen=run)
        run.count("unchanged")
        return known
    try:
        with transaction.atomic():
            return _change(source, run, record, known) if known else _create(source, run, record)
    except (ValidationError, PermissionDenied) as error:
        reason = "; ".join(error.messages) if isinstance(error, ValidationError) else _("The owner of the source may not do this.")
        run.tell(Action.FAILED, record.remote_id, known.dataset if known else None, reason)
        HarvestedDataset.objects.filter(source=source, remote_id=record.remote_id).update(seen=run)
        return None


def _create(source: HarvestSource, run: HarvestRun, record: RemoteDataset) -> HarvestedDataset:
    dataset = create_dataset(
        user=source.owner,
        organization=source.organization,
        name=_free_name(record.name, source),
        fields=_fields(source, record),
        tags=_tags(record),
    )
    known = HarvestedDataset.objects.create(
        source=source, remote_id=record.remote_id, dataset=dataset, remote_url=record.page, digest=record.digest, seen=run,
        waiting=_links(dataset, record),
    )  # fmt: skip
    if source.publish:
        publish_dataset(dataset=dataset, user=source.owner)
    else:
        release_links(dataset=dataset)
    run.tell(Action.CREATED, record.remote_id, dataset)
    return known


def _change(source: HarvestSource, run: HarvestRun, record: RemoteDataset, known: HarvestedDataset) -> HarvestedDataset:
    dataset = known.dataset
    details = []
    if known.withdrawn:
        Dataset.objects.filter(pk=dataset.pk).update(deleted_at=None)
        details.append(_("It is there again."))
    before = dataset.get_latest_revision_as_object()
    fields = _fields(source, record)
    changed = sorted(name for name, value in fields.items() if name != "extras" and (getattr(before, name) or "") != (value or ""))
    known.digest, known.remote_url, known.seen, known.withdrawn = record.digest, record.page, run, False
    known.waiting = _links(dataset, record)
    known.save()
    dataset = update_dataset(user=source.owner, dataset=dataset, fields=fields, tags=_tags(record), publish=source.publish)
    if changed:
        details.append(_("Changed: %(fields)s.") % {"fields": ", ".join(changed)})
    if source.publish and not dataset.live:
        publish_dataset(dataset=dataset, user=source.owner)
    elif not dataset.live:
        release_links(dataset=dataset)
    elif not source.publish and set(known.resources) != {resource.remote_id for resource in record.resources}:
        details.append(_("Its files changed; the links follow when somebody publishes the change."))
    run.tell(Action.UPDATED, record.remote_id, dataset, " ".join(details))
    return known


def _fields(source: HarvestSource, record: RemoteDataset) -> dict[str, Any]:
    terms = record.licence.rstrip("/")
    code = terms.rpartition("#")[2]  # a licence without an address of its own is an entry of a list
    licence = Licence.objects.filter(Q(code=code) | Q(url__in=[terms, f"{terms}/"])).first() if terms else None
    provenance = {
        "harvest_source_title": source.title,
        "harvest_source_url": source.url,
        "harvest_remote_url": record.page,
        "harvest_changed": timezone.localdate().isoformat(),
    }
    return {**record.fields, "licence": licence, "extras": provenance}


def _tags(record: RemoteDataset) -> list[str]:
    """Its keywords that can be tags here; one that cannot is no reason to lose the dataset."""
    found = []
    for name in map(tidy_tag, record.tags):
        try:
            validate_tag(name)
        except ValidationError:
            continue
        found.append(name)
    return found


def _links(dataset: Dataset, record: RemoteDataset) -> list[tuple[str, dict[str, Any]]]:
    """The record's links for `release_links`. ValidationError for one that cannot be offered."""
    found = [(remote.remote_id, _resource_fields(remote, position)) for position, remote in enumerate(record.resources)]
    for _remote_id, fields in found:
        Resource(dataset=dataset, **fields).full_clean(exclude=["dataset"], validate_unique=False)
    return found


def _resource_fields(remote: RemoteResource, position: int) -> dict[str, Any]:
    texts = {f"{name}_{code}": "" for name in ("name", "description") for code in ("km", "en", "zh_hans")}
    texts |= {f"name_{code}": text[:300] for code, text in remote.names.items()}
    texts |= {f"description_{code}": text for code, text in remote.descriptions.items()}
    return {**texts, "position": position, "link_url": remote.url, "format": remote.format}


def _free_name(wanted: str, source: HarvestSource) -> str:
    """The remote name where nobody has or had it here, else one that says where it came from."""
    name = re.sub(r"[^a-z0-9_-]+", "-", wanted.lower()).strip("-_")[:80] or "dataset"
    candidates = [name, f"{source.organization.name}-{name}"[:90], *(f"{name}-{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if not is_taken(candidate))


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


@transaction.atomic
def release_links(*, dataset: Dataset) -> None:
    """Does nothing where none wait. Whoever published the dataset was allowed to, and they were checked when they came."""
    known = HarvestedDataset.objects.filter(dataset=dataset, waiting__isnull=False).first()
    if known is None:
        return
    made: dict[str, int] = {}
    for remote_id, fields in known.waiting or ():
        found = Resource.objects.filter(pk=known.resources.get(remote_id, 0), deleted_at__isnull=True).first()
        if found is None or any(getattr(found, name) != value for name, value in fields.items()):
            found = found or Resource(dataset=dataset, position=0)
            set_fields(found, fields, None)
            found.save()
        made[remote_id] = found.pk
    gone = [key for remote_id, key in known.resources.items() if remote_id not in made]
    for resource in Resource.objects.filter(pk__in=gone, deleted_at__isnull=True):
        resource.deleted_at, resource.deleted_reason = timezone.now(), WITHDRAWN_BY_SOURCE
        resource.save()
    HarvestedDataset.objects.filter(pk=known.pk).update(resources=made, waiting=None)
