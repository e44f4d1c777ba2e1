"""``validate``: which engine judges a file, and the report that comes out."""

import gc
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

from frictionless import Checklist, FrictionlessException

from datasets.tabular.contract import Descriptor, Problem, Report, TabularError
from datasets.tabular.encodings import first_undecodable, undecodable
from datasets.tabular.workfile import WorkFile, prepare

from .foreign_keys import Lookup, References, referred_values
from .judging import judge
from .opening import OpenTable, open_table
from .tally import Tally, report_descriptor
from .vectorised import HandOver, judge_vectorised

SMALL_BYTES = 40_000  # read by frictionless before columns are even set up


def validate(
    path: str | os.PathLike[str],
    descriptor: Descriptor,
    *,
    filename: str | None = None,
    limit_errors: int = 1000,
    references: References | None = None,
    progress: Callable[[int], None] | None = None,
) -> Report:
    """Judges every row of a file by its schema, as frictionless does.

    ``descriptor["checks"]`` are descriptors of frictionless's optional checks. ``references`` are the other tables that foreign keys
    may name: name -> (path, descriptor). ``progress`` is called with the number of rows read so far. ``filename`` is the name shown
    as the report's place. Raises :class:`TabularError` where the file or the descriptor cannot be used at all; a file with errors is
    a report like any other.
    """
    started = time.perf_counter()
    path = Path(path)
    filename = filename or path.name
    name = re.sub(r"[^-a-z0-9._/]+", "-", Path(filename).stem.lower()).strip("-") or "table"
    checklist = _checklist(descriptor)
    with prepare(path, descriptor) as work:
        tally = Tally(limit_errors)
        labels: list[str] = []
        fields = 0
        engine, reason = "frictionless", ""
        try:
            table = open_table(work, descriptor, name=name)
            lookup = referred_values(table, references)
            labels, fields = table.labels, len(table.schema.fields)
            tally, engine, reason = _judge(table, lookup, checklist, limit_errors, progress)
        except (FrictionlessException, UnicodeDecodeError) as error:
            _refuse_undecodable(work)
            if isinstance(error, UnicodeDecodeError):
                raise
            for reported in error.to_errors() if error.reasons else [error.error]:
                tally.add(reported)
            reason = "frictionless cannot open the file"
        if tally.totals.keys() & {"encoding-error", "source-error"}:
            _refuse_undecodable(work)
    seconds = round(time.perf_counter() - started, 3)
    report = report_descriptor(tally, name=name, place=filename, labels=labels, fields=fields, size=path.stat().st_size, seconds=seconds)
    return Report(
        valid=not tally.totals,
        rows=tally.rows,
        errors=tuple(tally.errors),
        totals=dict(tally.totals),
        labels=tuple(labels),
        engine=engine,
        reason=reason,
        seconds=seconds,
        descriptor=report,
        problem=tally.problem,
    )


def _checklist(descriptor: Descriptor) -> Checklist:
    try:
        return Checklist.from_descriptor({"checks": list(descriptor.get("checks") or ())})
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
        raise TabularError(Problem("bad-descriptor", {"reason": "; ".join(notes)})) from error
    except (TypeError, AttributeError, ValueError) as error:  # not even mappings
        raise TabularError(Problem("bad-descriptor", {"reason": f"checks: {error}"})) from error


def _judge(
    table: OpenTable, lookup: Lookup, checklist: Checklist, limit: int, progress: Callable[[int], None] | None
) -> tuple[Tally, str, str]:
    # Millions of short-lived cells make the collector walk the heap over and over for nothing.
    collecting = gc.isenabled()
    gc.disable()
    try:
        if checklist.checks:
            raise HandOver("optional checks")
        if table.work.path.stat().st_size < SMALL_BYTES:
            raise HandOver("a small file")
        tally = Tally(limit)
        reason = judge_vectorised(table, lookup, tally, progress)
        return tally, "vectorised", reason
    except HandOver as handed:
        reason = handed.reason
    finally:
        if collecting:
            gc.enable()
    tally = Tally(limit)
    resource = table.resource()
    resource.keys = lookup
    judge(resource, checklist, tally, progress)
    return tally, "frictionless", reason


def _refuse_undecodable(work: WorkFile) -> None:
    offset = first_undecodable(work.path, work.encoding)
    if offset is not None:
        raise TabularError(undecodable(work.path, work.encoding, offset))


__all__ = ["Problem", "validate"]
