"""What creating and changing a resource have in common: which fields callers may set, and when the public would notice."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from datasets.models import Resource

from . import write_dataset

FIELDS = frozenset({f"{name}_{language}" for name in ("name", "description") for language in write_dataset.LANGUAGES}) | {
    "position",
    "link_url",
    "fetch_every",
    "format",
    "values_searchable",
    "extras",
}


def set_fields(resource: Resource, fields: Mapping[str, Any], user: Any) -> None:
    """Put `fields` on the object; a file to be fetched anew is due at once, in the name of `user`. ValidationError for an unknown name."""
    before = (resource.link_url, resource.fetch_every)
    write_dataset.set_fields(resource, fields, FIELDS)
    if before != (resource.link_url, resource.fetch_every):
        fetches = bool(resource.link_url and resource.fetch_every)
        resource.fetched, resource.fetch_user = {}, user if fetches else None
        resource.fetch_due = timezone.now() if fetches else None


def is_offered(resource: Resource) -> bool:
    """The public sees it: a link or a published version in a live dataset."""
    return resource.dataset.is_public and resource.deleted_at is None and bool(resource.link_url or resource.current_id)
