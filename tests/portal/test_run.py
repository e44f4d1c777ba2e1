"""`make run` as an operator meets it: a real supervisor, in an empty folder."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]


class Portal:
    """A started portal and what it prints."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        env = {key: value for key, value in os.environ.items() if key not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "ELASTICSEARCH_URL"}}
        env |= {"VAR_DIR": str(var), "PORT": str(port), "SAMPLE": "0", "ALLOWED_HOSTS": "localhost 127.0.0.1", **environment}
        self.url = f"http://127.0.0.1:{port}"
        self.printed = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.supervisor"], cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.changed = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.changed:
                self.printed += line
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    def wait_for(self, words: str, times: int = 1) -> None:
        """Until `words` was printed `times` times."""
        with self.changed:
            self.changed.wait_for(lambda: self.printed.count(words) >= times or self.process.poll() is not None, timeout=90)
            assert self.printed.count(words) >= times, self.printed

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Portal]]:
    started: list[Portal] = []

    def run(port: int, **environment: str) -> Portal:
        started.append(Portal(tmp_path / "var", port, **environment))
        return started[-1]

    yield run
    for portal in started:
        if portal.process.poll() is None:
            portal.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.timeout(240)
def test_an_empty_portal_starts_survives_a_dead_worker_and_starts_again(start: Callable[..., Portal], tmp_path: Path) -> None:
    port = free_port()
    first = start(port)
    first.wait_for("Ready: http://localhost")
    assert re.search(r"Administrator: admin +Password: \S{12,}", first.printed)
    assert first.status("/km/") == 200
    assert first.status("/admin/login/") == 200
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600

    children = psutil.Process(first.process.pid).children()
    worker = next(child for child in children if "worker" in child.cmdline())
    worker.kill()
    first.wait_for("The worker process ended")
    assert first.status("/km/") == 200

    assert first.stop() == 0
    assert not [child for child in psutil.Process().children(recursive=True) if str(port) in child.cmdline()]

    again = start(port)
    again.wait_for("Ready: http://localhost")
    assert "Password" not in again.printed
    assert "Database" not in again.printed, "nothing changed, so nothing is set up again"
    assert again.status("/health/ready") == 200


def test_a_taken_port_is_named_with_a_way_out(start: Callable[..., Portal]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        portal = start(port)
        assert portal.process.wait(timeout=30) == 1
        portal.wait_for(f"make run PORT={port + 1}")


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(tmp_path), "DEBUG": "perhaps"}
    result = subprocess.run([sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True)
    assert result.returncode != 0
    assert "DEBUG='perhaps': use 1 or 0." in result.stderr
