"""A portal running for real: `python -m portal.supervisor` in a folder of its own, with its web server, worker and clock."""

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OURS = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "ELASTICSEARCH_URL", "ELASTICSEARCH_INDEX", "VAR_DIR"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Portal:
    """A started portal and what it prints."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        env = {key: value for key, value in os.environ.items() if key not in OURS}
        env |= {"VAR_DIR": str(var), "PORT": str(port), "ALLOWED_HOSTS": "localhost 127.0.0.1", **environment}
        self.url = f"http://127.0.0.1:{port}"
        self.env = env
        self.printed = ""
        self.password = ""
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

    def wait_for(self, words: str, times: int = 1, seconds: float = 400) -> None:
        """Until `words` was printed `times` times."""
        with self.changed:
            self.changed.wait_for(lambda: self.printed.count(words) >= times or self.process.poll() is not None, timeout=seconds)
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

    def manage(self, *arguments: str) -> str:
        """What a command of this portal prints."""
        done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout
