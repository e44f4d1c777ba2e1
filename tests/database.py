"""The migrated, empty SQLite database, made once per set of migrations and copied into memory for each run.

Migrating takes longer than most test files; PostgreSQL (the second run in CI) migrates for real each time, and tests/portal/test_run.py
does on SQLite.
"""

import fcntl
import hashlib
import importlib.util
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from django.apps import apps
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def _fingerprint() -> str:
    digest = hashlib.sha256(sqlite3.sqlite_version.encode())
    for config in apps.get_app_configs():
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(config.name.encode() + path.read_bytes())
    for module in ("datasets.vocabularies", "datasets.models.licence"):
        if spec := importlib.util.find_spec(module):
            digest.update(Path(spec.origin or os.devnull).read_bytes())
    return digest.hexdigest()[:16]


def template() -> Path:
    """The file with the migrated database; made by `manage.py migrate` in a folder of its own when it is not there yet."""
    made = Path(tempfile.gettempdir()) / f"portal-migrated-{_fingerprint()}.sqlite3"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with tempfile.TemporaryDirectory() as var:
                env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
                env |= {"VAR_DIR": var, "DJANGO_SETTINGS_MODULE": "portal.settings"}
                subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True)
                with closing(sqlite3.connect(Path(var) / "db.sqlite3")) as source, closing(sqlite3.connect(made)) as target:
                    source.backup(target)
    return made


def copy_into_memory() -> None:
    """Make Django's test database (in memory, shared by the threads of this process) a copy of the template."""
    name = connection.creation._get_test_db_name()
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    with closing(sqlite3.connect(template())) as source:
        source.backup(connection.connection)
