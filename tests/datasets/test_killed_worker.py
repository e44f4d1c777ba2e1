"""A worker killed at any moment loses nothing and repeats nothing: real processes, a database in a file, SIGKILL."""

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from datasets.tabular import read_page
from tests.database import template
from tests.running import OURS, ROOT

pytestmark = pytest.mark.timeout(600)  # three starts of Django each, perhaps on a busy machine
ROWS = 3_000
SEND = f"""
import io
from django.contrib.auth import get_user_model
from datasets.models import Capacity, Dataset, Membership, Organization, Resource
from datasets.services.versions import create_version
from datasets.services.receive_file import receive_file
user = get_user_model().objects.create_user("សុខា")
office = Organization.objects.create(name="statistics", title_km="ការិយាល័យស្ថិតិ")
Membership.objects.create(user=user, organization=office, capacity=Capacity.ADMIN)
dataset = Dataset.objects.create(name="villages", title_km="ភូមិ", organization=office, live=True)
resource = Resource.objects.create(dataset=dataset, name_km="បញ្ជីភូមិ")
data = "កូដ,ឈ្មោះ,ប្រជាជន\\n" + "".join(f"0{{n}},ភូមិ{{n}},{{n + 1000}}\\n" for n in range({ROWS}))
kept = receive_file(stream=io.BytesIO(data.encode()), filename="ភូមិ.csv")
create_version(resource=resource, data_file=kept, filename="ភូមិ.csv", user=user, confirm=True, publish=True)
"""
MOMENTS = [
    ("datasets.tasks.detect_version", "before", "received"),
    ("datasets.services.detect_version.detect", "after", "received"),
    ("datasets.tasks.detect_version", "after", "confirmed"),
    ("datasets.services.validate_version.validate", "after", "checking"),
    ("polars.LazyFrame.sink_parquet", "after", "checking"),
    ("datasets.services.validate_version.publish_if_wanted", "before", "checking"),
    ("datasets.services.versions.make_current", "after", "checking"),
    ("datasets.tasks.validate_version", "after", "valid"),
]


def environment(var: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in OURS}
    return {**kept, "VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "portal.settings"}


def run(var: Path, *arguments: str) -> int:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment(var), capture_output=True, text=True, timeout=200)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode


def rows(var: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(var / "db.sqlite3")) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A portal's folder in which a file was just uploaded by a program."""
    var = tmp_path_factory.mktemp("sent")
    shutil.copy(template(), var / "db.sqlite3")
    assert run(var, "manage.py", "shell", "--no-imports", "-v0", "-c", SEND) == 0
    return var


@pytest.mark.parametrize(("name", "moment", "state"), MOMENTS, ids=[f"{moment}-{name}" for name, moment, _ in MOMENTS])
def test_a_killed_worker_loses_nothing_and_repeats_nothing(sent: Path, tmp_path: Path, name: str, moment: str, state: str) -> None:
    var = tmp_path / "var"
    shutil.copytree(sent, var)
    assert run(var, "-m", "tests.dying_worker", name, moment) == -signal.SIGKILL
    assert rows(var, "SELECT state FROM datasets_version") == [(state,)]

    assert run(var, "manage.py", "worker", "--batch", "--no-startup-delay", "--interval=0", "--worker-id=here") == 0
    [(number, state, published, parquet, count, report)] = rows(
        var, "SELECT number, state, published, parquet, row_count, report FROM datasets_version"
    )
    assert (number, state, bool(published), count, json.loads(report)["valid"]) == (1, "valid", True, ROWS, True)
    assert rows(var, "SELECT COUNT(*) FROM datasets_resource WHERE current_id IS NOT NULL") == [(1,)]
    assert rows(var, "SELECT DISTINCT status FROM django_tasks_database_dbtaskresult") == [("SUCCESSFUL",)]
    assert [path.name for path in (var / "parquet").iterdir()] == [parquet], "one table, and nothing half written beside it"
    page = read_page(var / "parquet" / parquet, offset=ROWS - 1)
    assert (page.total, page.rows[0][1:]) == (ROWS, (f"0{ROWS - 1}", f"ភូមិ{ROWS - 1}", ROWS + 999))
    [(sha256, path)] = rows(var, "SELECT sha256, path FROM datasets_datafile")
    assert hashlib.sha256((var / "files" / path).read_bytes()).hexdigest() == sha256
