"""Datasets, files and links taken out of sight, brought back, removed for good."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from datasets.models import Dataset, Resource
from datasets.policies import can_delete, can_edit, can_publish, is_superuser, require

from .resources import is_offered


@transaction.atomic
def delete_dataset(*, dataset: Dataset, user: Any, reason: str = "", replaced_by: str = "") -> Dataset:
    """The row with `deleted_at` set: gone for everybody, its name kept from reuse. PermissionDenied.

    Its address says why (`reason`, in the publisher's words) and where else to look (`replaced_by`). `restore_dataset` brings it back.
    """
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_delete(user, row))
    if row.deleted_at is None:
        if row.current_workflow_state:
            row.current_workflow_state.cancel(user=user)
        row.revisions.update(approved_go_live_at=None)
        row.deleted_at = timezone.now()
        row.deleted_reason, row.replaced_by = reason.strip(), replaced_by
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        log(instance=row, action="wagtail.delete", user=user, deleted=True)
    return row


@transaction.atomic
def restore_dataset(*, dataset: Dataset, user: Any) -> Dataset:
    """The row without `deleted_at`: public again if it was. For those who may withdraw it; PermissionDenied."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_delete(user, row))
    if row.deleted_at is not None:
        row.deleted_at, row.deleted_reason, row.replaced_by = None, "", ""
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        log(instance=row, action="wagtail.edit", user=user)
    return row


@transaction.atomic
def purge_dataset(*, dataset: Dataset, user: Any) -> None:
    """Its rows are gone and its name is free; the bytes of its files stay until nobody has them. For superusers, or PermissionDenied."""
    require(is_superuser(user))
    log(instance=dataset, action="wagtail.delete", user=user, deleted=True)
    dataset.delete()


@transaction.atomic
def delete_resource(*, resource: Resource, user: Any, reason: str = "", replaced_by: str = "") -> Resource:
    """The row with `deleted_at` set; its address says the `reason` and what replaces it.

    What is public needs somebody who may publish. PermissionDenied.
    """
    row = Resource.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=resource.pk)
    require(can_publish(user, row) if is_offered(row) else can_edit(user, row))
    if row.deleted_at is None:
        row.deleted_at = timezone.now()
        row.deleted_reason, row.replaced_by = reason.strip(), replaced_by
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        row.dataset.touch()
    return row


@transaction.atomic
def restore_resource(*, resource: Resource, user: Any) -> Resource:
    """The row without `deleted_at`: public again if it was. For those who may publish; PermissionDenied."""
    row = Resource.objects.select_for_update(of=("self",)).select_related("dataset").get(pk=resource.pk)
    require(can_publish(user, row))
    if row.deleted_at is not None:
        row.deleted_at, row.deleted_reason, row.replaced_by = None, "", ""
        row.save(update_fields=["deleted_at", "deleted_reason", "replaced_by", "modified"])
        row.dataset.touch()
    return row
