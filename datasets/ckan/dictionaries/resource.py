"""A resource as CKAN's twenty keys, plus whatever custom keys its client stored."""

from typing import Any

from django.conf import settings

from datasets.api.languages import source_text
from datasets.ckan.times import naive_utc
from datasets.models import Dataset, Resource, Version

# What a client may say about a link, and about an upload as long as we know no better.
TOLD = ("mimetype", "mimetype_inner", "resource_type", "cache_url", "cache_last_updated", "last_modified")


def resource_dict(resource: Resource, dataset: Dataset, position: int, version: Version | None = None) -> dict[str, Any]:
    """`version`: the file to describe where it is not yet the published one (the answer to an upload)."""
    file = version or resource.current
    told = dict(resource.extras)
    found: dict[str, Any] = {
        "id": str(resource.uuid),
        "package_id": str(dataset.uuid),
        "position": position,
        "name": source_text(resource, "name") or None,
        "description": source_text(resource, "description") or None,
        "url": _with_scheme(resource.link_url),
        "url_type": None,
        "format": resource.format,
        "size": told.pop("size", None),
        "hash": str(told.pop("hash", "") or ""),
        **{key: told.pop(key, None) for key in TOLD},
        "created": naive_utc(resource.created),
        "metadata_modified": naive_utc(resource.modified),
        "state": "deleted" if resource.deleted_at else "active",
        "datastore_active": bool(resource.current and resource.current.parquet),
    }
    if file is not None:
        found |= {
            "url": download_url(resource, dataset, file),
            "url_type": "upload",
            "size": file.data_file.size,
            "hash": file.data_file.sha256,
            "mimetype": file.data_file.media_type or found["mimetype"],
            "last_modified": naive_utc(file.created),
        }
    return {**told, **found}


def download_url(resource: Resource, dataset: Dataset, version: Version) -> str:
    """Where the original's bytes are; it stays when a newer version comes."""
    return f"{settings.SITE_URL}/dataset/{dataset.uuid}/resource/{resource.uuid}/download/{version.filename}"


def _with_scheme(url: str) -> str:
    return f"http://{url}" if url and "://" not in url else url
