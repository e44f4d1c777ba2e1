"""A resource's dictionary as the arguments of our services; what we have no column for is kept as it came."""

from typing import Any

from datasets.ckan.dictionaries.resource import TOLD
from datasets.ckan.errors import ValidationError
from datasets.ckan.formats import canonical_format, format_of_url
from datasets.ckan.values import integer, text
from datasets.models import Resource

from .texts import text_columns

# Keys that we answer ourselves: clients send them back, and they mean nothing then.
ANSWERED = {
    "id", "package_id", "position", "url", "url_type", "format", "created", "metadata_modified", "state", "datastore_active",
    "name", "description", "name_translated", "description_translated", "upload", "clear_upload", "on_same_domain", "has_views",
    "revision_id", "tracking_summary", "package", "is_sample",
}  # fmt: skip


def read_fields(data: dict[str, Any], existing: Resource | None = None, *, partial: bool = False) -> dict[str, Any]:
    """What `data` says. ValidationError by field."""
    fields: dict[str, Any] = {}
    fields |= text_columns(data, "name", "name", existing, partial=partial)
    fields |= text_columns(data, "description", "description", existing, partial=partial)
    stored = bool(existing and existing.current_id) or bool(data.get("upload"))
    if not stored and ("url" in data or not partial):
        fields["link_url"] = _with_scheme(text(data, "url").strip())
    if "format" in data or (not partial and existing is None):
        given = text(data, "format").strip()
        fields["format"] = canonical_format(given) if given else format_of_url(_filename(data))
    fields["extras"] = _kept(data, existing, partial)
    return fields


def _kept(data: dict[str, Any], existing: Resource | None, partial: bool) -> dict[str, Any]:
    kept = dict(existing.extras) if existing is not None and partial else {}
    for key, value in data.items():
        if key in ANSWERED:
            continue
        if key == "size" and value not in (None, ""):
            value = integer(data, "size", 0)
        kept[key] = value
    return {key: value for key, value in kept.items() if not (key in (*TOLD, "size", "hash") and value in (None, ""))}


def _filename(data: dict[str, Any]) -> str:
    upload = data.get("upload")
    return str(getattr(upload, "name", "") or text(data, "url"))


def _with_scheme(url: str) -> str:
    if url and "://" not in url:
        return f"http://{url}"
    if url and not url.lower().startswith(("http://", "https://", "ftp://", "ftps://")):
        raise ValidationError({"url": ["Only http, https and ftp addresses can be offered"]})
    return url
