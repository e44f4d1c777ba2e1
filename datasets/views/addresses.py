"""Where files are had: addresses without a language, the same for people and programs."""

from django.urls import reverse

from datasets.models import Resource, Version

EXPORT_FORMATS = ("csv", "xlsx", "json", "parquet", "tsv", "ndjson", "geojson", "zip")


def version_path(version: Version) -> str:
    """The permanent address of a version's bytes."""
    return reverse("downloads:version", args=[version.uuid, version.filename])


def original_path(resource: Resource) -> str:
    """The address of the newest published file of a resource, byte for byte; "" for a link."""
    if resource.current is None:
        return ""
    return reverse("downloads:original", args=[resource.dataset.uuid, resource.uuid, resource.current.filename])


def export_path(resource: Resource, extension: str) -> str:
    """The address of the table in another format, one of EXPORT_FORMATS."""
    return reverse("downloads:export", args=[resource.uuid, extension])
