"""Look at the beginning of a file in the way a person says it is to be read."""

import csv
import itertools
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from datasets.tabular import Detection, TabularError, prepare
from datasets.tabular.headers import find_header
from datasets.tabular.inference import propose_schema

ROWS = 2_000
SHOWN = 20


def read_sample(path: Path, found: Detection, dialect: Mapping[str, Any]) -> Detection:
    """`found` with labels, sample and proposed schema as `dialect` gives them; its problems when the file cannot be read like that."""
    try:
        with prepare(path, {"dialect": dict(dialect)}) as work:
            options = work.csv
            with work.path.open(encoding=work.encoding, newline="", errors="replace") as file:
                reader = csv.reader(file, delimiter=str(options["delimiter"]), quotechar=str(options["quoteChar"]) or None)
                rows = list(itertools.islice(reader, ROWS))
            header_row = work.header_rows[0] if work.header_rows else None
    except TabularError as error:
        return replace(found, dialect=dict(dialect), problems=(error.problem,))
    except csv.Error:
        return replace(found, dialect=dict(dialect))
    data = [row for row in rows[header_row or 0 :] if row]
    width = max((len(row) for row in data), default=0)
    labels = [label.strip() for label in rows[header_row - 1]] if header_row and header_row <= len(rows) else []
    if labels:
        names = find_header([labels, [""] * len(labels)], len(labels)).names
    else:
        names = [f"column_{number}" for number in range(1, width + 1)]
    return replace(
        found,
        encoding=str(dialect.get("encoding") or found.encoding or "") or None,
        encoding_certain=True,
        delimiter=str(options["delimiter"]) if found.kind in ("csv", "tsv") else found.delimiter,
        header_row=header_row,
        sheet=str(dialect.get("excel", {}).get("sheet") or "") or found.sheet,
        labels=tuple(labels),
        sample=tuple(tuple(row) for row in data[:SHOWN]),
        rows_seen=len(data),
        dialect=dict(dialect),
        schema=propose_schema(names, data),
        problems=(),
    )
