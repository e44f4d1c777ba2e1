"""`make run`: sets the portal up once, then keeps its three processes alive until Ctrl-C.

No Django here, so that the supervisor itself stays small and the web server can start at once when nothing has to be set up.
"""

import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

BASE_DIR = Path(__file__).resolve().parents[1]
VAR_DIR = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
SET_UP_FROM = ("*/migrations/*.py", "locale/**/*.po", "*/static/**/*", "*/sample/**/*", "requirements.txt")
PATIENCE_SECONDS = 10  # how long a process may take to stop before it is killed
QUICK_DEATH_SECONDS = 5
QUICK_DEATHS_ALLOWED = 5


def fingerprint(root: Path = BASE_DIR) -> str:
    """A digest of everything the set-up depends on: it changes when an upgrade has to migrate, compile or collect again."""
    digest = hashlib.sha256(" ".join(os.environ.get(name, "") for name in ("DATABASE_URL", "TILE_URL")).strip().encode())
    for pattern in SET_UP_FROM:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                digest.update(f"{path.relative_to(root)} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    return digest.hexdigest()


def environment() -> dict[str, str]:
    """The children's environment: whoever turned Python's buffering on, a log line is seen when it is written."""
    return {**os.environ, "PYTHONUNBUFFERED": "1", "DJANGO_SETTINGS_MODULE": "portal.settings"}


class Child:
    """One process that is started again when it dies."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.command = command
        self.quick_deaths = 0
        self.start()

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, cwd=BASE_DIR, env=environment(), start_new_session=True)

    def mend(self) -> bool:
        """Start the process again if it died; False when it dies at once, again and again."""
        if self.process.poll() is None:
            return True
        quick = time.monotonic() - self.started < QUICK_DEATH_SECONDS
        self.quick_deaths = self.quick_deaths + 1 if quick else 0
        if self.quick_deaths >= QUICK_DEATHS_ALLOWED:
            say(f"The {self.name} process ends at once, {QUICK_DEATHS_ALLOWED} times in a row: giving up. Its last words stand above.")
            return False
        say(f"The {self.name} process ended (code {self.process.returncode}): starting it again.")
        time.sleep(min(2**self.quick_deaths / 4, 4))
        self.start()
        return True

    def stop(self, number: int) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)


def say(text: str) -> None:
    print(text, flush=True)


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def set_up() -> None:
    """Migrate, compile, collect and load the sample, unless exactly this was done before."""
    done = VAR_DIR / "set-up"
    wanted = fingerprint()
    if done.exists() and done.read_text() == wanted:
        return
    result = subprocess.run([sys.executable, "manage.py", "set_up"], cwd=BASE_DIR, env=environment())
    if result.returncode:
        raise SystemExit(result.returncode)
    done.write_text(wanted)


def wait_until_ready(host: str, port: int, web: Child, given_up: Callable[[], bool]) -> bool:
    """Any answer says that the web process serves: behind HTTPS this one is sent on to there."""
    name = urlsplit(os.environ.get("SITE_URL", "")).netloc or f"{host}:{port}"
    while not given_up() and web.process.poll() is None:
        connection = HTTPConnection(host, port, timeout=2)
        try:
            connection.request("GET", "/health/live", headers={"Host": name})
            connection.getresponse()
            return True
        except (OSError, HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    return False


def commands(host: str, port: int) -> list[tuple[str, list[str]]]:
    """(name, command) of the processes: web first."""
    python = sys.executable
    workers = os.environ.get("WEB_WORKERS", "1")
    granian = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", workers, "--blocking-threads", "4"]
    granian += ["--no-ws", "--backpressure", "64", "--respawn-failed-workers", "--log-level", "warning", "--http", "1"]
    return [
        ("web", [python, "-m", "granian", *granian, "portal.wsgi:application"]),
        ("worker", [python, "manage.py", "worker"]),
        ("tick", [python, "manage.py", "tick"]),
    ]


def main() -> int:
    """Run until Ctrl-C or SIGTERM; returns the exit code."""
    host, asked = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT") or "8000"
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked) < 65536):
        say(f"PORT={asked!r}: use a number from 1 to 65535.")
        return 1
    port = int(asked)
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    lock = (VAR_DIR / "supervisor.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        say(f"The portal is already running from {VAR_DIR}. Stop it first, or set VAR_DIR to another folder.")
        return 1
    if not port_is_free(host, port):
        say(f"Port {port} is taken. Choose another one: make run PORT={port + 1}")
        return 1
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        set_up()
    except KeyboardInterrupt:
        say("\nStopped during the set-up. Nothing is lost: make run goes on from here.")
        return 1
    signal.signal(signal.SIGINT, stop)

    children = [Child(name, command) for name, command in commands(host, port)]
    code = 0
    if wait_until_ready(host, port, children[0], lambda: stopping):
        shown = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104
        say(f"\nReady: http://{shown}:{port}/   Administration: http://{shown}:{port}/admin/   Ctrl-C stops everything.\n")
    while not stopping:
        time.sleep(0.2)
        if not all(child.mend() for child in children):
            code, stopping = 1, True
    say("Stopping …")
    for number in (signal.SIGTERM, signal.SIGKILL):
        for child in children:
            child.stop(number)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and any(child.process.poll() is None for child in children):
            time.sleep(0.05)
    return code


if __name__ == "__main__":
    sys.exit(main())
