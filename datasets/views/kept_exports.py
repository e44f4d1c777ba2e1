"""Whole tables in another format, kept on disk for some days: a download that was cut off goes on where it ended."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

KEPT_BYTES = 4 << 30
KEPT_SECONDS = 7 * 86_400


def kept_path(name: str) -> Path:
    """Where the export of that name is, or would be, kept."""
    return Path(settings.PARQUET_DIR) / "exports" / name


def keeping(chunks: Iterator[bytes], path: Path) -> Iterator[bytes]:
    """The chunks; when the last one is taken, they are the file at `path`. Nothing is kept of what was stopped or failed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                file.write(chunk)
                yield chunk
        os.replace(name, path)
        _make_room(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _make_room(newest: Path) -> None:
    """The oldest go first; `newest` stays, however large it is."""
    found = []
    for path in newest.parent.iterdir():
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime, path.stat().st_size, path))
    total, now = 0, time.time()
    for moment, size, path in sorted(found, reverse=True):
        total += size
        if path != newest and (total > KEPT_BYTES or now - moment > KEPT_SECONDS):
            path.unlink(missing_ok=True)
