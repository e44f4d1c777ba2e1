"""Runs checked SQL in processes that can be killed: a few wait ready, each question has one to itself."""

import json
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .allowed import SqlError, Statement

SECONDS = 5.0
MOST_ROWS = 32_000
MOST_BYTES = 10 << 20
MOST_WORKERS = 2
WAIT = 1.0  # for a place; whoever waits holds a thread of the web server
QUESTIONS = 500  # then a worker is replaced
_SCRIPT = Path(__file__).with_name("child.py")


@dataclass(frozen=True, slots=True)
class Answer:
    """``columns``: (name, type as in ``datasets.tabular.Column``); ``truncated``: there are more rows than may be answered."""

    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Any]]
    truncated: bool


class _Worker:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-B", str(_SCRIPT), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8"},
            cwd="/",
            encoding="utf-8",
        )

    def ask(self, question: dict[str, Any], seconds: float) -> dict[str, Any]:
        """The answer, or SqlError where there is none in time; the process is dead then."""
        self.asked += 1
        late = threading.Event()

        def give_up() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, give_up)
        timer.start()
        try:
            if self.process.stdin is None or self.process.stdout is None:
                raise OSError
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            found: dict[str, Any] = json.loads(self.process.stdout.readline(MOST_BYTES * 8))
            return found
        except (OSError, ValueError) as error:
            self.stop()
            raise (SqlError("timeout", seconds=seconds) if late.is_set() else SqlError("too-much-memory")) from error
        finally:
            timer.cancel()

    @property
    def is_usable(self) -> bool:
        return self.asked < QUESTIONS and self.process.poll() is None

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


_idle: list[_Worker] = []
_lock = threading.Lock()
_places = threading.BoundedSemaphore(MOST_WORKERS)


def run(
    statement: Statement, paths: Mapping[str, Path], *, rows: int = MOST_ROWS, size: int = MOST_BYTES, seconds: float = SECONDS
) -> Answer:
    """The statement's rows. ``paths``: the Parquet file of each of its tables, by the reader's name. Raises :class:`SqlError`.

    All files must lie in one folder, the only one the process can read. At most ``rows`` rows and about ``size`` bytes are answered.
    """
    files = {ours: paths[theirs].resolve() for ours, theirs in statement.tables.items()}
    folder = next(iter(files.values())).parent if files else Path("/nonexistent")
    question = {"sql": statement.sql, "tables": {name: str(path) for name, path in files.items()}, "rows": rows, "bytes": size}
    if not files:
        raise SqlError("not-a-table", name="")
    if not _places.acquire(timeout=WAIT):
        raise SqlError("busy")
    try:
        worker = _take(folder)
        found = worker.ask(question, seconds)
        with _lock:
            if worker.is_usable:
                _idle.append(worker)
            else:
                worker.stop()
    finally:
        _places.release()
    if "error" in found:
        raise _explained(found, statement)
    return Answer([(name, kind) for name, kind in found["columns"]], found["rows"], found["truncated"])


def _take(folder: Path) -> _Worker:
    with _lock:
        waiting = [worker for worker in _idle if worker.folder == folder and worker.is_usable]
        for worker in [worker for worker in _idle if worker not in waiting]:
            _idle.remove(worker)
            worker.stop()
        if waiting:
            _idle.remove(waiting[-1])
            return waiting[-1]
    return _Worker(folder)


def _explained(found: dict[str, Any], statement: Statement) -> SqlError:
    message = str(found.get("message", ""))
    _before, mark, rest = message.partition('Referenced column "')
    if mark:
        name = rest.partition('"')[0]
        return SqlError("unknown-column", *statement.at(name), name=name)
    return SqlError(found["error"], message=message.partition(": ")[2])
