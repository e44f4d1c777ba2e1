"""What is this file, and how should it be read? A proposal for the publisher; the file itself is never changed."""

import json
import os
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from . import limits
from .contract import Detection, Kind, Problem, TabularError
from .delimiters import detect_delimiter, read_sample
from .encodings import Encoding, detect_encoding, first_undecodable, undecodable
from .headers import JOIN, Area, find_header
from .inference import propose_schema, unread_numbers
from .lines import check_lines
from .media import PROGRAMS, UNKNOWN, XLSX, media_type_of_bytes
from .workfile import CSV_DEFAULTS, WORKBOOKS, split_dialect

MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "xlsx": XLSX,
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "geojson": "application/geo+json",
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "kml": "application/vnd.google-earth.kml+xml",
}
KMZ, OLE = "application/vnd.google-earth.kmz", "application/x-ole-storage"
_DELIMITED = {".csv", ".tsv", ".tab"}
_SHEETS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xlsb": "xlsb", ".xls": "xls", ".ods": "ods"}
_LINES = {".ndjson", ".jsonl"}
_TABLES = {*_DELIMITED, *_SHEETS, *_LINES, ".geojson", ".json", ".kml", ".kmz"}
_MARKUP = {
    "<!doctype html": "text/html",
    "<html": "text/html",
    "<?xml": "application/xml",
    "<kml": "application/xml",
    "<svg": "image/svg+xml",
}
# Words of every table here as the fonts Limon and ABC write them: Latin letters that only look Khmer in that font.
_LEGACY_KHMER = re.compile(r"PUmi|Rsuk|Rkug|RbeTs|cMnYn|kMeNIt|qñaM|eQµaH|extþ|sgáat")


def detect(path: str | os.PathLike[str], *, filename: str, dialect: Mapping[str, Any] | None = None) -> Detection:
    """Kind, media type (from the bytes, not the name), encoding, delimiter, header, sheets, sample rows and proposed schema.

    ``dialect`` is what somebody already knows: whatever of it is given (``encoding``, ``header``, ``headerRows``, ``csv``, ``excel``,
    ``decimalChar``) is taken instead of guessed, and the sample and the proposal follow from it.

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
        return _Reading(path, dialect or {}).detect(base, head, extension)
    except TabularError as error:
        kind: Any = (dialect or {}).get("kind", "file")  # what somebody said may be said better
        return replace(base, kind=kind, problems=(error.problem,))


def _kind_of_workbook(media_type: str, extension: str) -> Kind | None:
    if media_type == OLE:  # a workbook with a password is in the same wrapping, whatever its name
        return "xls" if extension in _SHEETS else None
    kinds: dict[str, Kind] = {MEDIA_TYPES["xlsx"]: "xlsx", MEDIA_TYPES["xlsb"]: "xlsb", MEDIA_TYPES["ods"]: "ods"}
    return kinds.get(media_type) or ("xlsx" if media_type == "application/zip" and extension in (".xlsx", ".xlsm") else None)


def _claims_table(extension: str, media_type: str) -> tuple[Problem, ...]:
    return (Problem("binary-content", {"media_type": media_type, "offset": 0}),) if extension in _TABLES else ()


def _has_lines(head: bytes) -> bool:
    """Two lines or more, of which the first is a JSON object by itself."""
    lines = [line for line in head.removeprefix(b"\xef\xbb\xbf").splitlines() if line.strip()][:2]
    try:
        return len(lines) == 2 and lines[1].lstrip().startswith(b"{") and isinstance(json.loads(lines[0]), dict)
    except (ValueError, RecursionError):
        return False


class _Reading:
    """One look at one file, with what is already ``known`` about how to read it."""

    def __init__(self, path: Path, known: Mapping[str, Any]) -> None:
        self.path, self.known = path, dict(known)
        if known:
            split_dialect({"dialect": known})  # says what is wrong with it

    def detect(self, base: Detection, head: bytes, extension: str) -> Detection:
        if kind := _kind_of_workbook(base.media_type, extension):
            return self._converted(replace(base, kind=kind))
        if base.media_type == KMZ or (base.media_type == "application/zip" and extension == ".kmz"):
            return replace(self._converted(replace(base, kind="kml")), media_type=KMZ)
        if base.media_type in PROGRAMS:
            raise TabularError(Problem("program"))
        if base.media_type == "application/zip" and not zipfile.is_zipfile(self.path):
            raise TabularError(Problem("broken-archive"))
        if base.media_type != "text/plain":
            if extension in _TABLES or (extension == ".txt" and base.media_type == UNKNOWN):
                raise TabularError(Problem("binary-content", {"media_type": base.media_type, "offset": 0}))
            return base
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096].decode("utf-8", "replace").lower()
        if extension == ".kml" or ("<kml" in start and start.startswith("<")):
            return self._converted(replace(base, kind="kml"))
        for mark, media_type in _MARKUP.items():
            if start.startswith(mark):
                return replace(base, media_type=media_type, problems=_claims_table(extension, media_type))
        if extension in _LINES or (extension not in _DELIMITED and start[:1] == "{" and _has_lines(head)):
            return self._converted(replace(base, kind="ndjson"))
        if extension in (".json", ".geojson") or (start[:1] in ("{", "[") and extension not in _DELIMITED):
            return self._json(base, extension)
        return self._delimited(base, head, extension)

    def _json(self, base: Detection, extension: str) -> Detection:
        if base.filename.lower() == "datapackage.json" and not self.known:  # tells of tables and is none
            return replace(base, media_type="application/json")
        try:
            return self._converted(replace(base, kind="json"))
        except TabularError as error:
            reason = error.problem.context.get("reason")
            if error.problem.code == "bad-json" and extension != ".geojson" and (reason == "not-records" or extension != ".json"):
                media_type = "application/json" if reason == "not-records" else "text/plain"
                return replace(base, media_type=media_type)
            if extension == ".geojson" and error.problem.code == "bad-json":
                context = {**error.problem.context, "reason": reason if reason in ("syntax", "too-deep") else "not-a-feature-collection"}
                raise TabularError(replace(error.problem, code="bad-geojson", context=context)) from error
            raise

    def _converted(self, base: Detection) -> Detection:
        """Workbooks and records: converted as they will be for validation, then looked at as CSV."""
        from .records import convert_records
        from .spreadsheets import convert_sheet

        with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
            target = Path(directory) / "table.csv"
            kind: Any = base.kind
            extra: dict[str, Any] = {}
            merged = None
            if kind in WORKBOOKS:
                sheet = convert_sheet(self.path, self.known.get("excel", {}).get("sheet"), target)
                base, merged = replace(base, sheets=sheet.names, sheet=sheet.name), sheet.merged
                extra = {"excel": {"sheet": sheet.name}}
            else:
                kind = convert_records(self.path, kind, target)
                self.known |= {"header": True, "headerRows": [1]}  # the names of records are a header whatever they look like
            text, whole = _text(target, "utf-8", target.stat().st_size)
            found = self._describe(replace(base, kind=kind, media_type=MEDIA_TYPES[kind]), text, ",", whole, merged)
            return replace(found, dialect={"kind": kind, **found.dialect, **extra})

    def _delimited(self, base: Detection, head: bytes, extension: str) -> Detection:
        if given := self.known.get("encoding"):
            offset = first_undecodable(self.path, str(given))
            encoding = Encoding(str(given), True) if offset is None else Encoding(None, False, undecodable(self.path, str(given), offset))
        else:
            encoding = detect_encoding(self.path, head)
        problems = (encoding.problem,) if encoding.problem else ()
        base = replace(base, encoding=encoding.name, encoding_certain=encoding.certain)
        if encoding.name is None:
            claimed = extension in _TABLES or given
            return replace(base, kind="csv" if claimed else "file", problems=problems if claimed else ())
        text, whole = _text(self.path, encoding.name, base.size)
        if not text.strip("\ufeff \t\r\n"):
            raise TabularError(Problem("empty-file"))
        options = {**CSV_DEFAULTS, **self.known.get("csv", {})}
        if "delimiter" not in self.known.get("csv", {}):
            options["delimiter"], agreement = detect_delimiter(text)
            if extension not in _DELIMITED and agreement < 0.9 and not self.known:
                return replace(base, media_type="text/plain")
        delimiter = str(options["delimiter"])
        if not encoding.name.startswith(("utf-16", "utf-32")):
            check_lines(self.path, delimiter)
        kind: Literal["csv", "tsv"] = "tsv" if delimiter == "\t" else "csv"
        base = replace(base, kind=kind, media_type=MEDIA_TYPES[kind], delimiter=delimiter)
        found = self._describe(base, text, delimiter, whole, None)
        dialect = {"kind": kind, "encoding": encoding.name, **found.dialect, "csv": options}
        return replace(found, dialect=dialect, problems=(*problems, *_oddities(text), *found.problems))

    def _describe(self, base: Detection, text: str, delimiter: str, whole: bool, merged: Sequence[Area] | None) -> Detection:
        rows = read_sample(text, delimiter, limits.SAMPLE_ROWS)
        if not whole and len(rows) < limits.SAMPLE_ROWS and len(rows) > 2:
            rows.pop()  # an open quote may have swallowed the end of the sample
        widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
        if not widths:
            raise TabularError(Problem("empty-file"))
        known, at = self.known, None
        if "header" in known or "headerRows" in known:
            at = list(known.get("headerRows") or [1]) if known.get("header", True) else []
        header = find_header(rows, widths.most_common(1)[0][0], at=at, merged=merged)
        last = max(header.rows, default=0)
        data, names = rows[last:], header.names
        ragged = [(number, len(row)) for number, row in enumerate(data, start=last + 1) if row and len(row) != len(names)]
        problems = list(header.problems)
        if ragged:
            number, actual = ragged[0]
            context = {"row": number, "expected": len(names), "actual": actual, "count": len(ragged)}
            problems.append(Problem("ragged-row", context, row=number))
        if len(set(_LEGACY_KHMER.findall(text))) > 1:
            problems.append(Problem("legacy-font"))
        decimal = known.get("decimalChar")
        schema = propose_schema(names, data, decimal=decimal)
        dialect: dict[str, Any] = {"header": True, "headerRows": header.rows} if header.rows else {"header": False}
        if len(header.rows) > 1:
            dialect["headerJoin"] = JOIN
        return replace(
            base,
            header_row=last or None,
            labels=tuple(header.labels),
            sample=tuple(tuple(row) for row in data[: limits.SHOWN_ROWS]),
            rows_seen=len(data),
            dialect=dialect | ({"decimalChar": decimal} if decimal else {}),
            schema=schema,
            problems=(*problems, *unread_numbers(names, data)),
        )


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
