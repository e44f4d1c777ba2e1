"""What creating and changing a dataset have in common: which fields callers may set, and how names become rows."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from datasets.models import Dataset, Resource, Tag
from datasets.models.tag import tidy_tag, validate_tag

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
