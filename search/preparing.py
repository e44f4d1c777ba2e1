"""From rows to prepared documents: a row whose document cannot be made never holds up the others."""

from collections.abc import Iterable, Sequence

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
