from __future__ import annotations

from collections.abc import Callable

from .opening import OpenTable
from .tally import Tally
from .unsupported import HandOver


def judge_vectorised(table: OpenTable, tally: Tally, progress: Callable[[int], None] | None) -> str:
    raise HandOver("not yet")
