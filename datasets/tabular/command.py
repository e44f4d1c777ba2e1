"""The command that validates a file: ``manage.py validate FILE`` and ``python -m datasets.tabular FILE``.

Exit code 0: valid. 1: errors were found, or the file or the schema cannot be used. 2: the arguments are wrong.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from . import Detection, Problem, Report, TabularError, detect, explain, validate

SHOWN_ERRORS = 50


class Unusable(Exception):
    """Why the file or the schema cannot be used, in words and as a problem."""

    def __init__(self, words: str, problem: Problem) -> None:
        super().__init__(words)
        self.problem = problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What both commands take."""
    parser.add_argument("file", type=Path, help="CSV, TSV, a workbook, JSON or NDJSON records, GeoJSON, KML")
    parser.add_argument("--schema", type=Path, help="a Table Schema (or a Data Resource with one) in JSON or YAML; else one is proposed")
    parser.add_argument("--reference", action="append", default=[], metavar="NAME=FILE", help="a table that foreign keys name; repeatable")
    parser.add_argument("--json", action="store_true", help="print frictionless's report as JSON")
    parser.add_argument("--limit-errors", type=int, default=1000, metavar="N", help="list at most N errors (0: all); all are counted")


def run(file: Path, schema: Path | None, *, as_json: bool, limit_errors: int, reference: Sequence[str] = ()) -> int:
    """Prints the report and returns the exit code."""
    try:
        detection, report = _validate(file, schema, limit_errors, reference)
    except Unusable as error:
        if as_json:
            print(json.dumps(_refusal(error), ensure_ascii=False, indent=2))
        else:
            print(error, file=sys.stderr)
        return 1
    if as_json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        _print(detection, report)
    return 0 if report.valid else 1


def _refusal(error: Unusable) -> dict[str, Any]:
    """A report as frictionless gives it where nothing could be read, and our problem."""
    kind = "schema-error" if error.problem.code == "bad-descriptor" else "source-error"
    told = {"type": kind, "title": kind.replace("-", " ").title(), "description": "", "message": str(error), "tags": [], "note": str(error)}
    stats = {"tasks": 0, "errors": 1, "warnings": 0, "seconds": 0.0}
    return {"valid": False, "stats": stats, "warnings": [], "errors": [told], "tasks": [], "problem": error.problem.to_dict()}


def _validate(file: Path, schema: Path | None, limit_errors: int, reference: Sequence[str]) -> tuple[Detection, Report]:
    if not file.is_file():
        raise Unusable(f"There is no file {file}.", Problem("missing-file"))
    declared = _read_schema(schema) if schema else {}
    try:
        detection = detect(file, filename=file.name)
        if not detection.is_table:
            raise TabularError(detection.refusal or Problem("binary-content", {"media_type": detection.media_type}))
        descriptor = {**detection.descriptor, **declared}
        others = {name: Path(other) for name, _equals, other in (given.partition("=") for given in reference)}
        references = {name: (other, detect(other, filename=other.name).descriptor) for name, other in others.items()} or None
        progress = _progress if sys.stderr.isatty() else None
        try:
            report = validate(file, descriptor, filename=file.name, limit_errors=limit_errors, references=references, progress=progress)
            return detection, report
        finally:
            if progress:
                sys.stderr.write("\r\x1b[K")
    except TabularError as error:
        if error.problem.code == "bad-descriptor":
            words = f"The schema cannot be used: {error.problem.context.get('reason')}"
        else:
            words = f"{file} cannot be read as a table: {_words(error.problem)}"
        raise Unusable(words, error.problem) from error
    except OSError as error:
        raise Unusable(f"{file} cannot be read: {error.strerror}.", Problem("missing-file")) from error


def _read_schema(path: Path) -> dict[str, Any]:
    """The part of a descriptor that the file declares: its schema and, in a Data Resource, dialect and checks too."""
    if not path.is_file():
        raise Unusable(f"There is no schema {path}.", Problem("bad-descriptor", {"reason": "missing file"}))
    try:
        text = path.read_text("utf-8-sig")
        found = yaml.safe_load(text) if path.suffix in (".yaml", ".yml") else json.loads(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        raise Unusable(f"{path} is neither JSON nor YAML: {error}", Problem("bad-descriptor", {"reason": str(error)})) from error
    if isinstance(found, dict) and isinstance(found.get("schema"), dict):
        return {key: found[key] for key in ("schema", "dialect", "checks") if key in found}
    if isinstance(found, dict) and isinstance(found.get("fields"), list):
        return {"schema": found}
    raise Unusable(f'{path} is no Table Schema: it has no list of "fields".', Problem("bad-descriptor", {"reason": "fields"}))


def _progress(rows: int) -> None:
    sys.stderr.write(f"\r{rows:,} rows … ")
    sys.stderr.flush()


def _words(problem: Problem) -> str:
    where = f" (row {problem.row})" if problem.row else ""
    context = ", ".join(f"{name} {_short(value)}" for name, value in problem.context.items() if value not in (None, ""))
    return problem.code.replace("-", " ") + where + (f": {context}" if context else "")


def _short(value: Any, length: int = 60) -> str:
    """One line of text, without what a terminal would obey."""
    text = "".join(character if character.isprintable() or character == "\u200b" else " " for character in str(value))
    return text if len(text) <= length else text[: length - 1] + "…"


def _print(detection: Detection, report: Report) -> None:
    print(f"{_short(detection.filename, 200)}: {detection.kind}, {detection.encoding or 'utf-8'}, {detection.size:,} bytes")
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
        print(f"  {_message(error)}")
        for hint in explain(error).hints:
            print(f"      perhaps {hint['code'].replace('-', ' ')}: {_short(hint.get('suggestion') or hint.get('token'))!r}")
    if report.total > SHOWN_ERRORS:
        print(f"  … and {report.total - SHOWN_ERRORS:,} more")


def _message(error: Mapping[str, Any]) -> str:
    return _short(error.get("message", error.get("type")), 300)
