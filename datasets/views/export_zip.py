"""Exports that explain themselves: the second sheet of a workbook; the archive of data, dictionary and terms, written while it is sent."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from datasets.models import Resource, Version
from datasets.tabular.exporting import neutralise, stream_export

from .addresses import version_path
from .citation import citation
from .columns import ColumnFact
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


def stream_zip(resource: Resource, version: Version, columns: Sequence[ColumnFact], view: dict[str, Any]) -> Iterator[bytes]:
    """`data.csv` (the view), `columns.csv` (the dictionary of its columns), `README.txt` (source, licence, citation, in three languages).

    The list of contents stands at the end of an archive: one that was cut off does not open.
    """
    data = stream_export(version.parquet_path, "csv", **view)  # what is wrong is said before the first byte
    return _written(resource, version, columns, view, data)


def _written(
    resource: Resource, version: Version, columns: Sequence[ColumnFact], view: dict[str, Any], data: Iterator[bytes]
) -> Iterator[bytes]:
    out = _Pipe()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        texts = {"README.txt": _readme(resource, version), "columns.csv": _dictionary(columns, view.get("columns"))}
        for name, text in texts.items():
            archive.writestr(name, "\ufeff" + text)
        with archive.open("data.csv", "w", force_zip64=True) as member:
            for chunk in data:
                member.write(chunk)
                yield out.taken()
    yield out.taken()


class _Pipe(io.RawIOBase):
    """Takes what the archive writes and hands it on."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        found, self.parts = b"".join(self.parts), []
        return found


def _readme(resource: Resource, version: Version) -> str:
    lines = [f"{what}: {value}" if value else what for what, value in about_rows(resource, version)]
    return "\r\n".join([*lines, "", citation(resource.dataset, resource), ""])


def _dictionary(columns: Sequence[ColumnFact], chosen: Sequence[str] | None) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["column", "type", "title", "description", "rules"])
    for column in columns:
        if not chosen or column.name in chosen:
            facts = [column.name, column.type, column.label, column.description, "; ".join(column.rules)]
            writer.writerow([neutralise(fact) for fact in facts])
    return out.getvalue()
