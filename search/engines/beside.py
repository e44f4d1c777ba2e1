"""Work for the second processor, in threads that a forked process gets anew."""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count(), thread_name_prefix="beside")


_POOL = _pool()


def _anew() -> None:
    """A forked process has the pool of its parent without its threads: what it is given would wait for ever."""
    global _POOL
    _POOL = _pool()


os.register_at_fork(after_in_child=_anew)


def beside(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    """Start `work(*arguments)`, which has to let go of Python while it runs, and give its result to come."""
    return _POOL.submit(work, *arguments)
