"""A new dataset, as a draft."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, FormerName, Group, Organization
from datasets.policies import can_edit, require

from .write_dataset import set_fields, tags_of


def is_taken(name: str, dataset: Dataset | None = None) -> bool:
    """Whether another dataset has, or had, this name."""
    key = dataset.pk if dataset else 0
    others = Dataset.objects.filter(name=name).exclude(pk=key).order_by().values("pk")
    return others.union(FormerName.objects.filter(name=name).exclude(dataset=key).order_by().values("pk")).exists()


def require_free_name(name: str, dataset: Dataset | None = None) -> None:
    """ValidationError when another dataset has, or had, this name."""
    if is_taken(name, dataset):
        raise ValidationError({"name": _("Another dataset has or had this name. Choose another one.")})


@transaction.atomic
def create_dataset(
    *,
    user: Any,
    organization: Organization,
    name: str,
    fields: Mapping[str, Any],
    tags: Iterable[str] = (),
    groups: Iterable[Group] = (),
    uuid: UUID | None = None,
) -> Dataset:
    """The dataset, as a draft with its first revision; `publish_dataset` makes it public.

    `fields`: names of `write_dataset.FIELDS`, texts per language (`title_km` …). `uuid`: one of its own, for what was
    copied from elsewhere. PermissionDenied, ValidationError by field.
    """
    require(can_edit(user, organization))
    dataset = Dataset(name=name, organization=organization, creator=user, live=False, has_unpublished_changes=True)
    dataset.uuid = uuid or dataset.uuid
    set_fields(dataset, fields)
    # Rows in hand exist, and the name is asked for once, in our words.
    dataset.full_clean(exclude=["organization", "licence", "creator"], validate_unique=uuid is not None)
    require_free_name(name)
    labels = {"tags": tags_of(tags), "groups": list(groups)}
    for relation, rows in labels.items():
        if rows:
            setattr(dataset, relation, rows)
    dataset.save()
    dataset.tags, dataset.groups = labels["tags"], labels["groups"]  # saved, and read from here by the revision
    dataset.save_revision(user=user, clean=False)
    return dataset
