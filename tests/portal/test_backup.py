"""Backup and restore as an operator runs them: two folders, the real commands."""

import fcntl
import os
import resource
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from tests.database import template

ROOT = Path(__file__).resolve().parents[2]


def environment(var: Path) -> dict[str, str]:
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ELASTICSEARCH_URL"}}
    return env | {"DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(var)}


def manage(var: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(var) | more, capture_output=True, text=True)


def empty_portal(var: Path) -> None:
    """A portal's folder with the migrated, empty database."""
    var.mkdir()
    shutil.copy(template(), var / "db.sqlite3")


MAKE = """
import io
from django.contrib.auth import get_user_model
from datasets.services.receive_file import receive_file
user = get_user_model().objects.create_superuser("សុខា", "", "x")
print(receive_file(stream=io.BytesIO("ភូមិ,ប្រជាជន\\nអូរ១,12\\n".encode()), filename="ភូមិ.csv", user=user).sha256)
"""
LOOK = """
from django.contrib.auth import get_user_model
from datasets.models import DataFile
file = DataFile.objects.get()
print(get_user_model().objects.get().username, file.sha256, file.absolute_path.read_text().split(",")[0])
"""


@pytest.mark.timeout(400)
def test_a_restored_portal_has_the_people_the_bytes_and_the_key(tmp_path: Path) -> None:
    old, new, tar = tmp_path / "old", tmp_path / "new", tmp_path / "keep" / "portal.tar"
    empty_portal(old)
    made = manage(old, "shell", "-v0", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    assert manage(old, "backup", str(tar)).returncode == 0
    assert tar.stat().st_mode & 0o777 == 0o600

    new.mkdir()
    (new / "set-up").write_text("what was set up for another database")
    restored = manage(new, "restore", str(tar))
    assert restored.returncode == 0, restored.stderr
    looked = manage(new, "shell", "-v0", "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    seen = looked.stdout.split()
    assert seen == ["សុខា", made.stdout.strip(), "ភូមិ"]
    assert (new / "secret_key").read_text() == (old / "secret_key").read_text()
    assert (new / "secret_key").stat().st_mode & 0o777 == 0o600
    assert (new / "db.sqlite3").stat().st_mode & 0o777 == 0o600
    assert not (new / "set-up").exists(), "the next start sets up again"


@pytest.fixture
def scratch_database() -> Iterator[str]:
    """The address of an empty PostgreSQL database beside the configured one."""
    server, name = urlsplit(os.environ["DATABASE_URL"]), f"scratch_{os.getpid()}"
    with psycopg.connect(server.geturl(), autocommit=True) as there:
        there.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(server._replace(path=f"/{name}"))
        there.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the distributed run has the PostgreSQL this needs")
@pytest.mark.timeout(400)
def test_a_postgresql_portal_goes_back_to_its_backup(tmp_path: Path, scratch_database: str) -> None:
    var, tar, database = tmp_path / "var", tmp_path / "portal.tar", {"DATABASE_URL": scratch_database}
    migrated = manage(var, "migrate", "-v0", **database)
    assert migrated.returncode == 0, migrated.stderr
    made = manage(var, "shell", "-v0", "-c", MAKE, **database)
    assert made.returncode == 0, made.stderr
    kept = manage(var, "backup", str(tar), **database)
    assert kept.returncode == 0, kept.stderr

    with psycopg.connect(scratch_database) as later:
        later.execute("UPDATE auth_user SET username = 'ដារ៉ា'")
        later.execute("CREATE TABLE of_a_newer_version (id int)")
    restored = manage(var, "restore", str(tar), **database)
    assert restored.returncode == 0, restored.stderr
    looked = manage(var, "shell", "-v0", "-c", LOOK, **database)
    assert looked.stdout.split() == ["សុខា", made.stdout.strip(), "ភូមិ"], looked.stderr
    with psycopg.connect(scratch_database) as after:
        assert after.execute("SELECT to_regclass('of_a_newer_version')").fetchone() == (None,)


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    var, wrong = tmp_path / "var", tmp_path / "letter.tar"
    wrong.write_text("ជំរាបសួរ")
    empty_portal(var)
    before = (var / "db.sqlite3").read_bytes()
    answer = manage(var, "restore", str(wrong))
    assert answer.returncode == 1
    assert "is not a backup of this portal" in answer.stderr
    assert (var / "db.sqlite3").read_bytes() == before


def test_an_archive_that_reaches_outside_its_folder_changes_nothing(tmp_path: Path) -> None:
    var, tar = tmp_path / "portal" / "var", tmp_path / "evil.tar"
    var.parent.mkdir()
    empty_portal(var)
    with tarfile.open(tar, "w") as archive:
        (tmp_path / "ដី").write_text("x")
        archive.add(tmp_path / "ដី", "../../outside")
    answer = manage(var, "restore", str(tar))
    assert answer.returncode == 1
    assert "is not a backup of this portal" in answer.stderr
    assert not (var.parent / "outside").exists()
    assert (var / "db.sqlite3").exists()


NEWER = """
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
MigrationRecorder(connection).record_applied("pages", "9999_of_a_newer_version")
"""


@pytest.mark.timeout(400)
def test_a_backup_of_a_newer_version_changes_nothing(tmp_path: Path) -> None:
    newer, var, tar = tmp_path / "newer", tmp_path / "var", tmp_path / "portal.tar"
    for folder in (newer, var):
        empty_portal(folder)
    assert manage(newer, "shell", "-v0", "-c", NEWER).returncode == 0
    assert manage(newer, "backup", str(tar)).returncode == 0
    before = (var / "db.sqlite3").read_bytes()
    answer = manage(var, "restore", str(tar))
    assert answer.returncode == 1
    assert "newer version" in answer.stderr
    assert (var / "db.sqlite3").read_bytes() == before


def test_a_backup_that_finds_the_disk_full_leaves_nothing_behind(tmp_path: Path) -> None:
    var, tar = tmp_path / "var", tmp_path / "keep" / "portal.tar"
    empty_portal(var)
    least = (var / "db.sqlite3").stat().st_size
    (var / "media").mkdir()
    (var / "media" / "picture.jpg").write_bytes(bytes(2 * least))
    full = subprocess.run(
        [sys.executable, "manage.py", "backup", str(tar)],
        cwd=ROOT,
        env=environment(var),
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2 * least, 2 * least)),  # as if the disk were full
    )
    assert full.returncode != 0
    assert list(tar.parent.iterdir()) == []


def test_a_running_portal_is_not_overwritten(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    with (var / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = manage(var, "restore", str(tmp_path / "any.tar"))
    assert answer.returncode == 1
    assert "The portal is running. Stop it" in answer.stderr
