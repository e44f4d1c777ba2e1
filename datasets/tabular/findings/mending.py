"""The same rows with the wanted mends: a new file, the old one is never touched."""

import csv
import os
from collections import Counter
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import Any

from datasets.tabular.contract import Descriptor
from datasets.tabular.crosswalk import Crosswalk
from datasets.tabular.validation.opening import read_records
from datasets.tabular.workfile import CSV_DEFAULTS

from .cells import Found
from .contract import MENDS
from .scanning import columns_of, opened, recall


def write_mended(
    path: str | os.PathLike[str],
    descriptor: Descriptor,
    wanted: Collection[tuple[str, str]],
    target: str | os.PathLike[str],
    crosswalk: Crosswalk | None = None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Writes all records, so that row numbers stay, as CSV in UTF-8 with the `wanted` mends.

    `wanted`: pairs of column and kind. Returns the new file's dialect and the steps
    ({"column", "kind", "cells": how many were changed}), in the order of `wanted`.
    """
    kinds: dict[str, set[str]] = {}
    for name, kind in wanted:
        if kind in MENDS:
            kinds.setdefault(name, set()).add(kind)
    changed: Counter[tuple[str, str]] = Counter()
    with opened(path, descriptor) as table, Path(target).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        records = read_records(table.work)
        writer.writerows(islice(records, table.first_row - 1))
        columns = columns_of(table, crosswalk)
        places = [(index, column, kinds[column.name]) for index, column in enumerate(columns) if column.name in kinds]
        seen: list[dict[str, Found | None]] = [{} for _ in columns]
        for row in records:
            for index, column, accepted in places:
                cell = row[index] if index < len(row) else ""
                found = recall(seen[index], column, cell)
                if found is not None and found[1] is not None and found[0] in accepted:
                    row[index] = found[1]
                    changed[column.name, found[0]] += 1
            writer.writerow(row)
    # The work file is what was written: one sheet as CSV, its header joined into one row.
    dialect = {key: value for key, value in (descriptor.get("dialect") or {}).items() if key not in ("excel", "headerJoin")}
    dialect |= {"kind": "csv", "encoding": "utf-8", "csv": dict(CSV_DEFAULTS)}
    if table.work.header_rows:
        dialect["headerRows"] = table.work.header_rows
    return dialect, [{"column": name, "kind": kind, "cells": changed[name, kind]} for name, kind in wanted]
