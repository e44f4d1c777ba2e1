"""Keep bytes before anything reads them."""

import hashlib
import mimetypes
import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from datasets.models import DataFile

CHUNK = 1 << 20
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class FileTooLarge(ValidationError):
    """The file is over `settings.MAX_UPLOAD_MB`; nothing of it is kept."""

    def __init__(self, megabytes: int) -> None:
        message = _("The file is larger than %(limit)s MB, the most that can be taken. Split it, or compress it and offer the archive.")
        super().__init__(message, code="too_large", params={"limit": megabytes})


def media_type(filename: str) -> str:
    """The media type that the name promises, "application/octet-stream" when it promises none."""
    suffix = Path(filename).suffix.lower()
    return MEDIA_TYPES.get(suffix) or mimetypes.guess_type(f"name{suffix}")[0] or "application/octet-stream"


def _pieces(stream: Any) -> Iterator[bytes]:
    if hasattr(stream, "chunks"):
        yield from stream.chunks(CHUNK)
        return
    while piece := stream.read(CHUNK):
        yield piece


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _copy(stream: BinaryIO | Any, target: Path) -> tuple[str, int]:
    """(SHA-256, size) of the bytes, now in `target`. An upload that is on this disk already is linked, not written a second time."""
    digest, size, limit = hashlib.sha256(), 0, settings.MAX_UPLOAD_MB * 1_000_000
    linked = False
    if hasattr(stream, "temporary_file_path"):
        with suppress(OSError):
            os.link(stream.temporary_file_path(), target)
            linked = True
    with target.open("rb+" if linked else "xb") as file:
        for piece in _pieces(stream):
            size += len(piece)
            if size > limit:
                raise FileTooLarge(settings.MAX_UPLOAD_MB)
            digest.update(piece)
            if not linked:
                file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def receive_file(*, stream: BinaryIO | Any, filename: str, user: Any = None) -> DataFile:
    """The bytes of `stream` (a binary file or an upload), safe on disk under their SHA-256, each content once.

    Raises FileTooLarge beyond `settings.MAX_UPLOAD_MB` (1 MB = 1,000,000 bytes); then nothing is left behind.
    """
    root = Path(settings.FILES_DIR)
    incoming = root / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    temporary = incoming / uuid.uuid4().hex
    try:
        sha256, size = _copy(stream, temporary)
        path = f"sha256/{sha256[:2]}/{sha256}"
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists() or target.stat().st_size != size:
            temporary.chmod(0o444)
            temporary.replace(target)
            _sync_folder(target.parent)
    finally:
        temporary.unlink(missing_ok=True)
    kept, _created = DataFile.objects.get_or_create(
        sha256=sha256, defaults={"size": size, "media_type": media_type(filename), "path": path}
    )
    return kept
