"""Change what is said about a dataset."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from datasets.models import Dataset, Group
from datasets.policies import can_edit, can_publish, require

from .publish_dataset import publish_dataset
from .write_dataset import set_fields, tags_of


@transaction.atomic
def update_dataset(
    *,
    user: Any,
    dataset: Dataset,
    fields: Mapping[str, Any],
    tags: Iterable[str] | None = None,
    groups: Iterable[Group] | None = None,
    publish: bool = True,
) -> Dataset:
    """The changed row. A live dataset changes in public when `user` may publish and `publish` is
    True; else the change waits as a draft, and the row stays.

    `fields` as in `create_dataset`; `tags`, `groups`: the whole new list, None leaves it. PermissionDenied, ValidationError by field.
    """
    require(can_edit(user, dataset))
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    draft = row.get_latest_revision_as_object()
    set_fields(draft, fields)
    if tags is not None:
        draft.tags = tags_of(tags)
    if groups is not None:
        draft.groups = list(groups)
    draft.full_clean()
    draft.save_revision(user=user, clean=False)
    if publish and row.live and can_publish(user, row):
        return publish_dataset(dataset=row, user=user)
    return Dataset.objects.get(pk=row.pk)
