"""Backup and restore as an operator runs them: two folders, the real commands."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(var: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ELASTICSEARCH_URL"}}
    env |= {"DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(var), **environment}
    return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True)


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
    assert manage(old, "migrate", "-v0").returncode == 0
    made = manage(old, "shell", "-v0", "-c", MAKE)
    assert made.returncode == 0, made.stderr
    assert manage(old, "backup", str(tar)).returncode == 0
    assert tar.stat().st_mode & 0o777 == 0o600

    new.mkdir()
    (new / "set-up").write_text("what was set up for another database")
    restored = manage(new, "restore", str(tar))
    assert restored.returncode == 0, restored.stderr
    seen = manage(new, "shell", "-v0", "-c", LOOK).stdout.split()
    assert seen == ["សុខា", made.stdout.strip(), "ភូមិ"]
    assert (new / "secret_key").read_text() == (old / "secret_key").read_text()
    assert (new / "secret_key").stat().st_mode & 0o777 == 0o600
    assert not (new / "set-up").exists(), "the next start sets up again"


def test_a_file_that_is_no_backup_changes_nothing(tmp_path: Path) -> None:
    var, wrong = tmp_path / "var", tmp_path / "letter.tar"
    wrong.write_text("ជំរាបសួរ")
    assert manage(var, "migrate", "-v0").returncode == 0
    before = (var / "db.sqlite3").read_bytes()
    answer = manage(var, "restore", str(wrong))
    assert answer.returncode == 1
    assert "is not a backup of this portal" in answer.stderr
    assert (var / "db.sqlite3").read_bytes() == before


def test_a_running_portal_is_not_overwritten(tmp_path: Path) -> None:
    var = tmp_path / "var"
    var.mkdir()
    with (var / "supervisor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = manage(var, "restore", str(tmp_path / "any.tar"))
    assert answer.returncode == 1
    assert "The portal is running. Stop it" in answer.stderr
