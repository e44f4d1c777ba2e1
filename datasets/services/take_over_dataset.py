"""One remote dataset becomes, or changes, one of ours."""

import re
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.harvest.records import RemoteDataset, RemoteResource
from datasets.models import Dataset, Licence, Resource
from datasets.models.harvest import HarvestedDataset, HarvestEvent, HarvestRun, HarvestSource
from datasets.models.tag import tidy_tag, validate_tag

from .create_dataset import create_dataset, is_taken
from .publish_dataset import publish_dataset
from .release_links import release_links
from .update_dataset import update_dataset

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
