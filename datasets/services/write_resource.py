"""What creating and changing a resource have in common: which fields callers may set, and when the public would notice."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from datasets.models import Resource

LANGUAGES = ("km", "en", "zh_hans")
FIELDS = frozenset({f"{name}_{language}" for name in ("name", "description") for language in LANGUAGES}) | {
    "position",
    "link_url",
    "format",
    "extras",
}


def set_fields(resource: Resource, fields: Mapping[str, Any]) -> None:
    """Put `fields` on the object. ValidationError for a name that is not in FIELDS."""
    unknown = sorted(set(fields) - FIELDS)
    if unknown:
        raise ValidationError({name: _("There is no such field.") for name in unknown})
    for name, value in fields.items():
        setattr(resource, name, value)


def is_offered(resource: Resource) -> bool:
    """The public sees it: a link or a published version in a live dataset."""
    return resource.dataset.is_public and resource.deleted_at is None and bool(resource.link_url or resource.current_id)
