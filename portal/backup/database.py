"""A consistent copy of the database, while the portal runs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection


def dump(target: Path) -> None:
    """Write the whole database to `target`: an SQLite file, or PostgreSQL's custom format (needs pg_dump)."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
        return
    subprocess.run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"], env=_environment(), check=True)


def load(source: Path) -> None:
    """Replace the whole database by `source` (PostgreSQL: needs pg_restore and psql)."""
    if connection.vendor == "sqlite":
        place = Path(connection.settings_dict["NAME"])
        connection.close()
        beside = place.with_name(place.name + "-restored")
        try:
            beside.touch(0o600)
            shutil.copyfile(source, beside)  # a full disk leaves the present database as it is
            for suffix in ("-wal", "-shm"):
                place.with_name(place.name + suffix).unlink(missing_ok=True)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        return
    connection.close()
    script = source.with_suffix(".sql")
    subprocess.run(["pg_restore", "--no-owner", f"--file={script}", str(source)], check=True)
    # All or nothing; and what a newer version of the portal added must go too, or its migrations could not add it again.
    empty = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
    command = ["psql", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--command={empty}", f"--file={script}"]
    subprocess.run(command, env=_environment(), check=True, stdout=subprocess.DEVNULL)


def _environment() -> dict[str, str]:
    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {**os.environ, **{variable: str(settings[key]) for variable, key in names.items() if settings[key]}}
