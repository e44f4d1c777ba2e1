"""One indexer at a time: a lock that dies with its holder."""

import contextlib
import fcntl
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

_ADVISORY = 0x5EA4C4


@contextlib.contextmanager
def indexer_lock(*, wait: bool) -> Iterator[bool]:
    """Whether this process may index now. `wait`: until it may. On PostgreSQL the lock is the database's, for all machines."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {'pg_advisory_lock(%s), true' if wait else 'null, pg_try_advisory_lock(%s)'}", [_ADVISORY])
            held = bool(cursor.fetchone()[1])
        try:
            yield held
        finally:
            if held:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
        return
    path = settings.VAR_DIR / "indexer.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
