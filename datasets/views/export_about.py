"""What an XLSX export says about itself on its second sheet, in the three languages."""

from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from datasets.models import Resource, Version

from .addresses import version_path
from .speech import speak


def about_sheet(resource: Resource, version: Version, extension: str) -> dict[str, Any]:
    """The `about` argument of an XLSX export: rows of (what, value); nothing for formats that cannot hold it."""
    return {"about": about_rows(resource, version)} if extension == "xlsx" else {}


def about_rows(resource: Resource, version: Version) -> list[tuple[str, str]]:
    """Title, publisher, source, licence, version, checksum, address and the sample notice, once in each language."""
    rows: list[tuple[str, str]] = []
    for code, name in settings.LANGUAGES:
        with translation.override(code):
            rows += [(name, ""), *_rows(resource, version), ("", "")]
    return rows[:-1]


def _rows(resource: Resource, version: Version) -> list[tuple[str, str]]:
    dataset = resource.dataset
    licence = speak(dataset.licence, "title")[0] if dataset.licence else ""
    moment = timezone.localtime(version.published or version.created)
    rows = [
        (_("Dataset"), speak(dataset, "title")[0] or dataset.name),
        (_("Table"), speak(resource, "name")[0] or version.filename),
        (_("Published by"), speak(dataset.organization, "title")[0] or dataset.organization.name),
        (_("Source"), dataset.source_name or _("not named")),
        (_("Licence"), licence or _("not specified")),
        (_("Version"), f"{version.number}, {moment:%Y-%m-%d}"),
        (_("Original"), settings.SITE_URL.rstrip("/") + version_path(version)),
        ("SHA-256", version.data_file.sha256),
    ]
    if dataset.is_sample:
        rows.append((_("Sample"), _("Sample content: do not rely on it.")))
    return rows
