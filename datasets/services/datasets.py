"""A dataset made and changed: what is said about it, its name, whose it is."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, FormerName, Group, Organization, Resource, Tag
from datasets.models.tag import tidy_tag, validate_tag
from datasets.policies import can_administer, can_edit, can_publish, require

from .publication import publish_dataset

LANGUAGES = ("km", "en", "zh_hans")
TRANSLATED = ("title", "summary", "notes", "spatial_text")
PLAIN = (
    "licence",
    "source_name",
    "source_url",
    "update_frequency",
    "coverage_start",
    "coverage_end",
    "spatial_code",
    "contact_name",
    "contact_email",
    "sdgs",
    "human_security",
    "disaggregation",
    "extras",
    "is_sample",
    "private",
)
FIELDS = frozenset(PLAIN) | {f"{name}_{language}" for name in TRANSLATED for language in LANGUAGES}


def set_fields(row: Dataset | Resource, fields: Mapping[str, Any], known: Collection[str] = FIELDS) -> None:
    """Put `fields` on the object. ValidationError for a name that is not `known`."""
    if unknown := sorted(set(fields) - set(known)):
        raise ValidationError({name: _("There is no such field.") for name in unknown})
    for name, value in fields.items():
        setattr(row, name, value)


def tags_of(names: Iterable[str]) -> list[Tag]:
    """The tags with these names, made where they are missing; upper and lower case are the same tag. ValidationError."""
    found: dict[int, Tag] = {}
    wanted = [name for name in map(tidy_tag, names) if name]
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=wanted)} if wanted else {}
    for name in wanted:
        validate_tag(name)
        tag = known.get(name) or Tag.objects.filter(name__iexact=name).first()
        if tag is None:
            tag = Tag(name=name)
            tag.full_clean()
            tag.save()
        found[tag.pk] = tag
    return list(found.values())


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

    `fields`: names of `FIELDS`, texts per language (`title_km` …). `uuid`: one of its own, for what was
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


@transaction.atomic
def rename_dataset(*, dataset: Dataset, name: str, user: Any) -> Dataset:
    """The row under its new name; the old one keeps leading to it (`selectors.dataset_for`). PermissionDenied, ValidationError."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_administer(user, row))
    if row.name != name:
        old, row.name = row.name, name
        row.clean_fields(exclude=[field.name for field in row._meta.fields if field.name != "name"])
        require_free_name(name, row)
        FormerName.objects.filter(dataset=row, name=name).delete()
        FormerName.objects.create(dataset=row, name=old)
        row.save(update_fields=["name", "modified"])
    return row


@transaction.atomic
def move_dataset(*, dataset: Dataset, organization: Organization, user: Any) -> Dataset:
    """The row, with its draft, under `organization`. The user administers the one and may edit for the other, or PermissionDenied."""
    row = Dataset.objects.select_for_update().get(pk=dataset.pk)
    require(can_administer(user, row) and can_edit(user, organization))
    draft = row.get_latest_revision_as_object()
    row.organization = draft.organization = organization
    row.save(update_fields=["organization", "modified"])
    draft.save_revision(user=user, clean=False)
    return row
