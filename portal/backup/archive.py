"""One tar file that holds everything the portal cannot rebuild."""

import fcntl
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from . import database

OURS = ("portal", "pages", "datasets", "search")
MIGRATIONS = "migrations"  # the member that lists which of ours the database has seen
TRUTH = ("files", "media", "secret_key")  # beside the database
DERIVED = ("parquet", "index", "cache", "static", "set-up")


def _dump_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.pgdump"


def create(target: Path) -> Path:
    """Write the archive to `target` (readable by its owner alone) and return it. The portal may be running."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        copy = Path(folder) / _dump_name()
        # Database first: files only ever get added, so every file it names is still there when its turn comes.
        database.dump(copy)
        seen = sorted(f"{app} {name}" for app, name in MigrationRecorder(connection).applied_migrations() if app in OURS)
        (Path(folder) / MIGRATIONS).write_text("\n".join(seen))
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as stream, tarfile.open(fileobj=stream, mode="w") as archive:
                archive.add(copy, copy.name)
                archive.add(copy.with_name(MIGRATIONS), MIGRATIONS)
                for name in TRUTH:
                    if (settings.VAR_DIR / name).exists():
                        archive.add(settings.VAR_DIR / name, name)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)  # half a backup on a full disk helps nobody
    return target


def restore(source: Path) -> None:
    """Replace database, files and key by those in `source`; what is derived is thrown away, to be rebuilt.

    CommandError while the portal runs, when `source` is no backup, or when it was made with another kind of database or a newer version.
    """
    with _portal_stopped(), tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        try:
            with tarfile.open(source) as archive:
                _unpack(archive, folder)
        except (tarfile.TarError, OSError) as error:
            raise CommandError(f"{source} is not a backup of this portal: {error}") from None
        unpacked = Path(folder)
        if not (unpacked / _dump_name()).exists():
            raise CommandError(f"{source} holds no {_dump_name()}: made with another kind of database, or no backup of this portal.")
        _refuse_newer(unpacked / MIGRATIONS)
        database.load(unpacked / _dump_name())
        for name in (*TRUTH, *DERIVED):
            _remove(settings.VAR_DIR / name)
        for name in TRUTH:
            if (unpacked / name).exists():
                shutil.move(unpacked / name, settings.VAR_DIR / name)


def _refuse_newer(seen: Path) -> None:
    """A database that knows more than this code would lose what the code does not write."""
    known = {f"{app} {name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = set(seen.read_text().splitlines()) - known if seen.exists() else ()
    if unknown:
        raise CommandError(f"The backup is of a newer version of the portal ({min(unknown)}): upgrade this one first. Nothing was changed.")


def _unpack(archive: tarfile.TarFile, folder: str) -> None:
    """Files and folders inside `folder` only. Debian 12's Python is too old to have a filter for that."""
    for member in archive:
        if not (member.isfile() or member.isdir()) or member.name.startswith("/") or ".." in member.name.split("/"):
            raise tarfile.TarError(f"{member.name!r} is no file or folder of a backup")
    archive.extraction_filter = getattr(tarfile, "data_filter", None)
    archive.extractall(folder)  # noqa: S202


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _portal_stopped() -> Iterator[None]:
    with (settings.VAR_DIR / "supervisor.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError("The portal is running. Stop it (Ctrl-C in make run), then restore.") from None
        yield
