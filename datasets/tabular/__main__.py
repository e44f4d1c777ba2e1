"""``python -m datasets.tabular FILE``: what is this file, is it right, and how is it mended?

Exit code 0: valid. 1: errors were found. 2: the file or the schema cannot be used.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import Detection, Problem, Report, TabularError, detect, explain, validate

SHOWN_ERRORS = 50


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m datasets.tabular", description="Validate a table, as frictionless does, many times faster."
    )
    parser.add_argument("file", type=Path, help="a table: CSV, TSV, a workbook, JSON or NDJSON records, GeoJSON, KML")
    parser.add_argument("--schema", type=Path, help="a Frictionless Table Schema as JSON; without it the proposed one is used")
    parser.add_argument("--json", action="store_true", help="print frictionless's report as JSON")
    parser.add_argument("--limit-errors", type=int, default=1000, metavar="N", help="list at most N errors (0: all); all are counted")
    options = parser.parse_args(arguments)
    detection = detect(options.file, filename=options.file.name)
    if not detection.is_table:
        return _refuse(detection.refusal or Problem("binary-content", {"media_type": detection.media_type}), options.json)
    try:
        schema = json.loads(options.schema.read_text("utf-8")) if options.schema else detection.schema
    except (OSError, ValueError) as error:
        return _refuse(Problem("bad-descriptor", {"reason": str(error)}), options.json)
    progress = _progress if sys.stderr.isatty() else None
    try:
        report = validate(
            options.file,
            {"dialect": detection.dialect, "schema": schema},
            filename=options.file.name,
            limit_errors=options.limit_errors,
            progress=progress,
        )
    except TabularError as error:
        return _refuse(error.problem, options.json)
    if options.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(detection, report)
    return 0 if report.valid else 1


def _refuse(problem: Problem, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"valid": False, "problem": problem.to_dict()}, ensure_ascii=False, indent=2))
    else:
        print(f"This file cannot be used as a table: {_words(problem)}", file=sys.stderr)
    return 2


def _progress(rows: int) -> None:
    sys.stderr.write(f"\r{rows:,} rows … ")
    sys.stderr.flush()


def _words(problem: Problem) -> str:
    where = f" (row {problem.row})" if problem.row else ""
    context = ", ".join(f"{name} {_short(value)}" for name, value in problem.context.items() if value not in (None, ""))
    return problem.code.replace("-", " ") + where + (f": {context}" if context else "")


def _short(value: Any) -> str:
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"


def _print(detection: Detection, report: Report) -> None:
    print(f"{detection.filename}: {detection.kind}, {detection.encoding or 'utf-8'}, {detection.size:,} bytes")
    for problem in detection.problems:
        print(f"  note: {_words(problem)}")
    print(f"  {report.rows:,} rows, {len(report.labels)} columns, {report.seconds} s, {report.engine} ({report.reason})")
    if report.valid:
        print("  valid")
        return
    print(f"  {report.total:,} errors")
    for code, number in sorted(report.totals.items(), key=lambda item: -item[1]):
        print(f"    {number:>9,}  {code}")
    for error in report.errors[:SHOWN_ERRORS]:
        print(f"  {_short_message(error)}")
        for hint in explain(error).hints:
            print(f"      perhaps {hint['code'].replace('-', ' ')}: {_short(hint.get('suggestion') or hint.get('token'))!r}")
    if report.total > SHOWN_ERRORS:
        print(f"  … and {report.total - SHOWN_ERRORS:,} more")


def _short_message(error: Mapping[str, Any]) -> str:
    message = str(error.get("message", error.get("type"))).replace("\n", " ")
    return message if len(message) <= 300 else message[:299] + "…"


if __name__ == "__main__":
    sys.exit(main())
