"""From rows to prepared documents: a row whose document cannot be made never holds up the others."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from .documents import Document
from .prepared import Prepared, prepare
from .registry import Source, key_of


def prepare_rows(source: Source, pks: Sequence[int]) -> tuple[dict[int, Prepared], dict[int, str]]:
    """Documents and errors by primary key; a row in neither is not public. Where a batch fails, its rows are tried one by one."""
    if not pks:
        return {}, {}
    try:
        return _checked(source, pks, source.documents(pks)), {}
    except Exception as error:
        if len(pks) == 1:
            return {}, {pks[0]: f"{type(error).__name__}: {error}"}
    made: dict[int, Prepared] = {}
    failed: dict[int, str] = {}
    for pk in pks:
        one, wrong = prepare_rows(source, [pk])
        made |= one
        failed |= wrong
    return made, failed


def _checked(source: Source, pks: Sequence[int], documents: Iterable[Document]) -> dict[int, Prepared]:
    keys = {key_of(source.name, pk): pk for pk in pks}
    made: dict[int, Prepared] = {}
    for document in documents:
        if document.key not in keys:
            raise ValueError(f"{source.name} gave {document.key!r}, which was not asked for: keys are '<source name>:<primary key>'")
        made[keys[document.key]] = prepare(document)
    return made


CHUNK = 100


def prepare_all(documents: Iterable[Document], *, processes: int | None = None) -> Iterator[Prepared]:
    """The documents analysed, in their order, by as many processes as there are processors; few documents by this one."""
    documents = iter(documents)
    few = list(islice(documents, CHUNK))
    processes = processes or len(os.sched_getaffinity(0))
    if len(few) < CHUNK or processes == 1:
        yield from map(prepare, few)
        yield from map(prepare, documents)
        return
    with ProcessPoolExecutor(processes, get_context("forkserver")) as pool:
        waiting = [pool.submit(prepare_chunk, few)]
        while chunk := list(islice(documents, CHUNK)):
            waiting.append(pool.submit(prepare_chunk, chunk))
            if len(waiting) > 2 * processes:
                yield from waiting.pop(0).result()
        for done in waiting:
            yield from done.result()


def prepare_chunk(documents: Sequence[Document]) -> list[Prepared]:
    """What one process does."""
    return [prepare(document) for document in documents]
