"""From rows to prepared documents: a row whose document cannot be made never holds up the others."""

import gc
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

from .documents import Document
from .prepared import Prepared, prepare
from .registry import Source, key_of

Pack = Callable[[Prepared], Any]
CHUNK = 100


def read_rows(source: Source, pks: Sequence[int], failed: dict[str, str]) -> list[Document]:
    """The documents of the rows that are public; `failed` takes errors by key. Where a batch fails, its rows are tried one by one."""
    keys = {key_of(source.name, pk) for pk in pks}
    try:
        documents = list(source.documents(pks))
        for document in documents:
            if document.key not in keys:
                raise ValueError(f"{source.name} gave {document.key!r}, which was not asked for: keys are '<source name>:<primary key>'")
    except Exception as error:
        if len(pks) > 1:
            return [document for pk in pks for document in read_rows(source, [pk], failed)]
        failed |= dict.fromkeys(keys, f"{type(error).__name__}: {error}")
        return []
    return documents


def prepare_each(documents: Iterable[Document], pack: Pack, failed: dict[str, str]) -> list[Any]:
    """The documents analysed and packed; `failed` takes errors by key."""
    made = []
    for document in documents:
        try:
            made.append(pack(prepare(document)))
        except Exception as error:
            failed[document.key] = f"{type(error).__name__}: {error}"
    return made


def prepare_all(documents: Iterable[Document], pack: Pack, failed: dict[str, str], *, processes: int | None = None) -> Iterator[Any]:
    """`prepare_each`, in order, by as many processes as there are processors; few documents by this one."""
    documents = iter(documents)
    few = list(islice(documents, CHUNK))
    processes = processes or len(os.sched_getaffinity(0))
    if len(few) < CHUNK or processes == 1:
        yield from prepare_each(chain(few, documents), pack, failed)
        return
    # The analysis makes no cycles: looking for them would take a tenth of the time.
    with ProcessPoolExecutor(processes, get_context("forkserver"), gc.disable) as pool:
        waiting = deque([pool.submit(_prepare_chunk, few, pack)])
        while waiting:
            while len(waiting) < 3 * processes and (chunk := list(islice(documents, CHUNK))):
                waiting.append(pool.submit(_prepare_chunk, chunk, pack))
            made, wrong = waiting.popleft().result()
            failed |= wrong
            yield from made


def _prepare_chunk(documents: Sequence[Document], pack: Pack) -> tuple[list[Any], dict[str, str]]:
    failed: dict[str, str] = {}
    return prepare_each(documents, pack, failed), failed
