"""Hands a file to frictionless whole: slow, always right, and in bounded memory however many errors there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from frictionless import Checklist, FrictionlessException, errors

from datasets.tabular.contract import Problem

from .opening import OpenTable
from .tally import Tally


def judge_whole(table: OpenTable, tally: Tally, progress: Callable[[int], None] | None) -> None:
    """Counts every error of the file in frictionless's order; the same loop as ``frictionless.Resource.validate``."""
    resource = table.resource()
    checks = Checklist().connect(resource)
    with resource:
        for check in checks:
            tally.add_all(check.validate_start())
        number = table.first_row - 1
        while True:
            try:
                row: Any = next(resource.row_stream)
                number = row.row_number
                for check in checks:
                    tally.add_all(check.validate_row(row))
            except FrictionlessException as error:
                tally.add(error.error)
                continue
            except StopIteration:
                break
            except Exception as error:  # NaN against a bound, naive against aware times, arrays as keys: frictionless itself raises
                note = f"the cells of this row cannot be compared: {error.__class__.__name__}: {error}"
                tally.add(errors.RowError(note=note, cells=[], row_number=number + 1))
                tally.problem = Problem("engine-error", {"reason": str(error) or error.__class__.__name__}, row=number + 1)
                break
            tally.rows += 1
            if progress and tally.rows % 10_000 == 0:
                progress(tally.rows)
