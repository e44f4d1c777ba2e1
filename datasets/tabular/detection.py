"""What is this file, and how should it be read? A proposal for the publisher; the file itself is never changed."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from . import limits
from .contract import Detection, Kind, Problem, TabularError
from .delimiters import detect_delimiter, read_sample
from .encodings import detect_encoding
from .headers import find_header
from .inference import propose_schema
from .lines import check_lines
from .media import UNKNOWN, XLSX, media_type_of_bytes
from .workfile import CSV_DEFAULTS

MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": XLSX,
    "geojson": "application/geo+json",
    "json": "application/json",
}
_DELIMITED = {".csv", ".tsv", ".tab"}
_TABLES = {*_DELIMITED, ".xlsx", ".xlsm", ".geojson", ".json"}
_MARKUP = {
    "<!doctype html": "text/html",
    "<html": "text/html",
    "<?xml": "application/xml",
    "<kml": "application/xml",
    "<svg": "image/svg+xml",
}


def detect(path: str | os.PathLike[str], *, filename: str) -> Detection:
    """Kind, media type (from the bytes, not the name), encoding, delimiter, header, sheets, sample rows and proposed schema.

    Never raises for what a file contains: ``problems`` says it. A refused problem (``Detection.refusal``) means that no table can
    be made of it; kind "file" without one means that it is simply no table.
    """
    path = Path(path)
    if not path.is_file():
        return Detection("file", UNKNOWN, filename, 0, problems=(Problem("missing-file"),))
    size = path.stat().st_size
    if not size:
        return Detection("file", "application/x-empty", filename, 0, problems=(Problem("empty-file"),))
    with path.open("rb") as file:
        head = file.read(1 << 16)
    extension = Path(filename).suffix.lower()
    base = Detection("file", media_type_of_bytes(path, head) or "text/plain", filename, size)
    try:
        return _detect(path, base, head, extension)
    except TabularError as error:
        return replace(base, problems=(error.problem,))


def _detect(path: Path, base: Detection, head: bytes, extension: str) -> Detection:
    if base.media_type == XLSX or (extension in (".xlsx", ".xlsm") and base.media_type == "application/zip"):
        return _detect_converted(path, replace(base, kind="xlsx", media_type=XLSX))
    if extension in (".xlsx", ".xlsm") and base.media_type == "application/x-ole-storage":
        raise TabularError(Problem("unreadable-xlsx", {"reason": "encrypted", "sheet": None}))
    if base.media_type != "text/plain":
        if extension in _TABLES or (extension == ".txt" and base.media_type == UNKNOWN):
            raise TabularError(Problem("binary-content", {"media_type": base.media_type, "offset": 0}))
        return base
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:100].decode("utf-8", "replace").lower()
    for mark, media_type in _MARKUP.items():
        if start.startswith(mark):
            return replace(base, media_type=media_type, problems=_claims_table(extension, media_type))
    if extension in (".json", ".geojson") or (start[:1] in ("{", "[") and extension not in _DELIMITED):
        return _detect_json(path, base, extension)
    return _detect_delimited(path, base, head, extension)


def _claims_table(extension: str, media_type: str) -> tuple[Problem, ...]:
    return (Problem("binary-content", {"media_type": media_type, "offset": 0}),) if extension in _TABLES else ()


def _detect_json(path: Path, base: Detection, extension: str) -> Detection:
    try:
        return _detect_converted(path, replace(base, kind="json"))
    except TabularError as error:
        reason = error.problem.context.get("reason")
        if error.problem.code == "bad-json" and extension != ".geojson" and (reason == "not-records" or extension != ".json"):
            media_type = "application/json" if reason == "not-records" else "text/plain"
            return replace(base, media_type=media_type)
        if extension == ".geojson" and error.problem.code == "bad-json":
            context = {**error.problem.context, "reason": reason if reason in ("syntax", "too-deep") else "not-a-feature-collection"}
            raise TabularError(replace(error.problem, code="bad-geojson", context=context)) from error
        raise


def _detect_converted(path: Path, base: Detection) -> Detection:
    """Workbooks and JSON: converted as they will be for validation, then looked at as CSV."""
    from .records import convert_json
    from .spreadsheets import convert_sheet

    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        target = Path(directory) / "table.csv"
        dialect: dict[str, Any] = {}
        kind: Kind = base.kind
        if kind == "xlsx":
            sheets, sheet = convert_sheet(path, None, target)
            base = replace(base, sheets=tuple(sheets), sheet=sheet)
            dialect = {"excel": {"sheet": sheet}}
        else:
            kind = "geojson" if convert_json(path, target) == "geojson" else "json"
        text, whole = _text(target, "utf-8", target.stat().st_size)
        found = _describe(replace(base, kind=kind, media_type=MEDIA_TYPES[kind]), text, ",", whole, find=kind == "xlsx")
        return replace(found, dialect={"kind": kind, **found.dialect, **dialect})


def _detect_delimited(path: Path, base: Detection, head: bytes, extension: str) -> Detection:
    encoding = detect_encoding(path, head)
    problems = (encoding.problem,) if encoding.problem else ()
    base = replace(base, encoding=encoding.name, encoding_certain=encoding.certain)
    if encoding.name is None:
        return replace(base, problems=problems if extension in _TABLES else ())
    text, whole = _text(path, encoding.name, base.size)
    delimiter, agreement = detect_delimiter(text)
    if not text.strip("\ufeff \t\r\n"):
        raise TabularError(Problem("empty-file"))
    if extension not in _DELIMITED and agreement < 0.9:
        return replace(base, media_type="text/plain")
    if not encoding.name.startswith(("utf-16", "utf-32")):
        check_lines(path, delimiter)
    kind: Literal["csv", "tsv"] = "tsv" if delimiter == "\t" else "csv"
    base = replace(base, kind=kind, media_type=MEDIA_TYPES[kind], delimiter=delimiter)
    found = _describe(base, text, delimiter, whole, find=True)
    options = {**CSV_DEFAULTS, "delimiter": delimiter}
    dialect = {"kind": kind, "encoding": encoding.name, **found.dialect, "csv": options}
    return replace(found, dialect=dialect, problems=(*problems, *_oddities(text), *found.problems))


def _text(path: Path, encoding: str, size: int) -> tuple[str, bool]:
    """The decoded beginning of a file up to the end of a line, and whether that is the whole file."""
    for bound in (limits.SAMPLE_BYTES, limits.MAX_LINE_BYTES):
        with path.open("r", encoding=encoding, newline="") as file:
            text = file.read(bound)
            rest = file.read(1)
        if not rest:
            return text, True
        cut = max(text.rfind("\n"), text.rfind("\r"))
        if cut > 0:
            return text[: cut + 1], False
    raise TabularError(Problem("line-too-long", {"limit": limits.MAX_LINE_BYTES, "row": 1}, row=1))


def _oddities(text: str) -> list[Problem]:
    problems = []
    if (offset := text.find("\x00")) >= 0:
        problems.append(Problem("nul-byte", {"offset": offset}, row=text.count("\n", 0, offset) + 1))
    if lone := text.count("\r") - text.count("\r\n"):
        problems.append(Problem("bare-cr", {"count": lone}))
    return problems


def _describe(base: Detection, text: str, delimiter: str, whole: bool, *, find: bool) -> Detection:
    rows = read_sample(text, delimiter, limits.SAMPLE_ROWS)
    if not whole and len(rows) < limits.SAMPLE_ROWS and len(rows) > 2:
        rows.pop()  # an open quote may have swallowed the end of the sample
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    if not widths:
        raise TabularError(Problem("empty-file"))
    width = widths.most_common(1)[0][0]
    # The names of JSON records are a header whatever they look like.
    header = find_header(rows, width) if find else find_header([rows[0], [""] * len(rows[0])], len(rows[0]))
    if header.row and len(header.labels) < width:
        rows[header.row - 1] = [*rows[header.row - 1], *[""] * (width - len(header.labels))]
        header = find_header(rows, width)
    data = rows[header.row or 0 :]
    names = header.names
    ragged = [(number, len(row)) for number, row in enumerate(data, start=(header.row or 0) + 1) if row and len(row) != len(names)]
    problems = list(header.problems)
    if ragged:
        number, actual = ragged[0]
        problems.append(Problem("ragged-row", {"row": number, "expected": len(names), "actual": actual, "count": len(ragged)}, row=number))
    return replace(
        base,
        header_row=header.row,
        labels=tuple(header.labels),
        sample=tuple(tuple(row) for row in data[: limits.SHOWN_ROWS]),
        rows_seen=len(data),
        dialect={"header": True, "headerRows": [header.row]} if header.row else {"header": False},
        schema=propose_schema(names, data),
        problems=tuple(problems),
    )
