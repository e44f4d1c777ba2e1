"""`make run` as an operator meets it: a real supervisor, in an empty folder."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.running import ROOT, Portal, free_port


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Portal]]:
    started: list[Portal] = []

    def run(port: int, **environment: str) -> Portal:
        started.append(Portal(tmp_path / "var", port, SAMPLE="0", **environment))
        return started[-1]

    yield run
    for portal in started:
        if portal.process.poll() is None:
            portal.stop()


@pytest.mark.timeout(400)
def test_an_empty_portal_starts_survives_a_dead_worker_and_starts_again(start: Callable[..., Portal], tmp_path: Path) -> None:
    port = free_port()
    first = start(port)
    first.wait_for("Ready: http://localhost")
    assert re.search(r"Administrator: admin +Password: \S{12,}", first.printed)
    assert first.status("/km/") == 200
    assert first.status("/admin/login/") == 200
    secrets = ("secret_key", "db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm")
    assert {name: (tmp_path / "var" / name).stat().st_mode & 0o777 for name in secrets} == dict.fromkeys(secrets, 0o600)

    kill_worker(first)
    first.wait_for("The worker process ended")
    assert first.status("/km/") == 200

    assert first.stop() == 0
    assert not [child for child in psutil.Process().children(recursive=True) if str(port) in child.cmdline()]

    again = start(port)
    again.wait_for("Ready: http://localhost")
    assert "Password" not in again.printed
    assert "Database" not in again.printed, "nothing changed, so nothing is set up again"
    assert again.status("/health/ready") == 200
    assert again.stop() == 0

    behind = start(port, SITE_URL="https://portal.example", ALLOWED_HOSTS="portal.example", BEHIND_PROXY="1")
    behind.wait_for("Ready: http://localhost")
    kill_worker(behind)
    behind.wait_for("The worker process ended")
    assert "Traceback" not in behind.printed


def kill_worker(portal: Portal) -> None:
    children = psutil.Process(portal.process.pid).children()
    next(child for child in children if "worker" in child.cmdline()).kill()


def test_a_taken_port_is_named_with_a_way_out(start: Callable[..., Portal]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        portal = start(port)
        assert portal.process.wait(timeout=30) == 1
        portal.wait_for(f"make run PORT={port + 1}")


def test_a_port_that_is_none_is_named(tmp_path: Path) -> None:
    portal = Portal(tmp_path, 0, PORT="eighty")
    assert portal.process.wait(timeout=30) == 1
    portal.wait_for("PORT='eighty': use a number from 1 to 65535.")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"DEBUG": "perhaps"}, "DEBUG='perhaps': use 1 or 0."),
        ({"TILE_URL": "https://{s}.tiles.example/{z}/{x}/{y}"}, "use one server's address like"),
        ({"TILE_URL": "https://tiles.example/{z}/{x}/{y}"}, "TILE_ATTRIBUTION is missing"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, values: dict[str, str], said: str) -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), **values}
    result = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert result.returncode != 0
    assert said in result.stderr
