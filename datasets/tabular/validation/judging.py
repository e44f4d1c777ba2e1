"""frictionless's own judgement, of all rows of a table or of those that a filter could not clear."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from frictionless import Check, Checklist, FrictionlessException, errors
from frictionless.resources import TableResource
from frictionless.table.lookup import Lookup

from datasets.tabular.contract import Problem

from .row_errors import open_row_stream
from .tally import Tally

PROGRESS_ROWS = 10_000
Record = tuple[int, list[str]]


class JudgedTable(TableResource):
    """frictionless's resource, told what it would otherwise find out itself and slowly.

    ``keys`` are the values foreign keys may have (resource -> fields -> cells), ``records`` the rows to judge (None: all), in order.
    Two steps of ``open()`` are replaced, under frictionless's private names: its version is pinned, and the tests hold every report
    against the original.
    """

    keys: Mapping[str, Any] | None = None
    records: Iterable[Record] | None = None
    row_number = 0

    def _TableResource__open_lookup(self) -> None:
        self._TableResource__lookup = Lookup(self.keys or {})

    def _TableResource__open_row_stream(self) -> None:
        dialect = self.dialect
        self.dialect = SimpleNamespace(read_enumerated_content_stream=lambda stream: self._records(dialect, stream))  # type: ignore[assignment]
        try:
            open_row_stream(self)
        finally:
            self.dialect = dialect

    def _records(self, dialect: Any, stream: Any) -> Iterator[Record]:
        records = dialect.read_enumerated_content_stream(stream) if self.records is None else self.records
        for record in records:
            self.row_number = record[0]
            yield record


def judge(resource: JudgedTable, checklist: Checklist, tally: Tally, progress: Callable[[int], None] | None = None) -> None:
    """Adds every error in frictionless's order, in bounded memory; the same loop as ``frictionless.Resource.validate``."""
    with resource:
        try:
            _judge(resource, checklist.connect(resource), tally, progress)
        except Exception as error:  # NaN against a bound, naive against aware times, arrays as keys: frictionless itself raises
            note = f"the cells of this row cannot be compared: {error.__class__.__name__}: {error}"
            tally.add(errors.RowError(note=note, cells=[], row_number=resource.row_number))
            tally.problem = Problem("engine-error", {"reason": str(error) or error.__class__.__name__}, row=resource.row_number)


def _judge(resource: JudgedTable, checks: list[Check], tally: Tally, progress: Callable[[int], None] | None) -> None:
    for index, check in enumerate(checks):
        for error in check.validate_start():
            if error.type == "check-error":
                del checks[index]
            tally.add(error)
    while True:
        try:
            row: Any = next(resource.row_stream)
        except FrictionlessException as exception:
            tally.add(exception.error)
            continue
        except StopIteration:
            break
        for check in checks:
            tally.add_all(check.validate_row(row))
        tally.rows += 1
        if progress and tally.rows % PROGRESS_ROWS == 0:
            progress(tally.rows)
    for check in checks:
        tally.add_all(check.validate_end())
