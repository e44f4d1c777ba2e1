"""The file that validation and Parquet read: always CSV in UTF-8, records numbered as in the file that people see."""

import csv
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from . import limits
from .contract import Descriptor, Problem, TabularError
from .encodings import first_undecodable, undecodable
from .headers import INVISIBLE, JOIN, Area, join_header
from .lines import check_lines

# The default (128 kB) is less than one outline of a province; frictionless raises it to 2 GB when imported.
csv.field_size_limit(max(csv.field_size_limit(), limits.MAX_LINE_BYTES))

CSV_DEFAULTS: Mapping[str, Any] = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
MAX_HEADER_ROW = 1_000
WORKBOOKS = ("xlsx", "xls", "xlsb", "ods")
RECORDS = ("json", "ndjson", "geojson", "kml")
_UTF8 = {"utf-8", "utf8", "utf-8-sig", "utf8-sig", "ascii", "us-ascii"}


@dataclass(frozen=True, slots=True)
class WorkFile:
    """``path`` of a CSV file, its ``encoding`` (utf-8 or utf-8-sig) and a complete Frictionless ``dialect``."""

    path: Path
    encoding: str
    dialect: Mapping[str, Any]

    @property
    def csv(self) -> Mapping[str, Any]:
        """The csv options, none left out but ``escapeChar``."""
        options: Mapping[str, Any] = self.dialect["csv"]
        return options

    @property
    def header_rows(self) -> list[int]:
        """The numbers of the header rows; empty where there is none."""
        return list(self.dialect["headerRows"]) if self.dialect["header"] else []


@contextmanager
def prepare(path: str | os.PathLike[str], descriptor: Descriptor) -> Iterator[WorkFile]:
    """Yields the work file: the file itself where it is CSV in UTF-8, else a temporary copy that goes away afterwards.

    Raises :class:`TabularError` where the file cannot be read as its descriptor says.
    """
    path = Path(path)
    if not path.is_file():
        raise TabularError(Problem("missing-file"))
    if not path.stat().st_size:
        raise TabularError(Problem("empty-file"))
    kind, encoding, dialect = split_dialect(descriptor)
    with tempfile.TemporaryDirectory(prefix="tabular-") as directory:
        target = Path(directory) / "table.csv"
        merged = None
        if kind in WORKBOOKS:
            from .spreadsheets import convert_sheet

            merged = convert_sheet(path, dialect.get("excel", {}).get("sheet"), target).merged
        elif kind in RECORDS:
            from .records import convert_records

            convert_records(path, kind, target)
        if kind in WORKBOOKS or kind in RECORDS:
            path, encoding, dialect["csv"] = target, "utf-8", dict(CSV_DEFAULTS)
        dialect.pop("excel", None)
        work = WorkFile(path, encoding, dialect)
        if encoding not in _UTF8:
            work = _transcode(work, Path(directory) / "utf-8.csv")
        check_lines(work.path, str(work.csv["delimiter"]))
        yield _with_clean_header(work, Path(directory) / "clean.csv", merged)


def split_dialect(descriptor: Descriptor) -> tuple[str, str, dict[str, Any]]:
    """(kind, encoding, complete Frictionless dialect) of a descriptor. Raises ``bad-descriptor``."""
    dialect = dict(descriptor.get("dialect") or {})
    dialect.pop("decimalChar", None)  # how detection was told to read numbers; the fields of the schema have it
    kind = str(dialect.pop("kind", "csv"))
    encoding = str(dialect.pop("encoding", "utf-8")).lower()
    options = {**CSV_DEFAULTS, **({"delimiter": "\t"} if kind == "tsv" else {}), **dialect.get("csv", {})}
    for name in ("delimiter", "quoteChar"):
        value = options[name]
        if not isinstance(value, str) or len(value) > 1 or (name == "delimiter" and not (value and value.isascii())):
            raise TabularError(Problem("bad-descriptor", {"reason": f"csv.{name}"}))
    dialect["csv"] = options
    if dialect.setdefault("header", True):
        dialect.setdefault("headerRows", [1])  # else frictionless looks for a header of its own liking
    if not all(isinstance(number, int) and 0 < number <= MAX_HEADER_ROW for number in dialect.get("headerRows", [])):
        raise TabularError(Problem("bad-descriptor", {"reason": "headerRows"}))
    try:
        "".encode(encoding)
    except LookupError as error:
        raise TabularError(Problem("bad-descriptor", {"reason": "encoding"})) from error
    return kind, encoding, dialect


def _transcode(work: WorkFile, target: Path) -> WorkFile:
    offset = first_undecodable(work.path, work.encoding)
    if offset is not None:
        raise TabularError(undecodable(work.path, work.encoding, offset))
    with work.path.open("r", encoding=work.encoding, newline="") as source, target.open("w", encoding="utf-8", newline="") as file:
        while text := source.read(1 << 20):
            file.write(text)
    return WorkFile(target, "utf-8", work.dialect)


def _with_clean_header(work: WorkFile, target: Path, merged: Sequence[Area] | None) -> WorkFile:
    """A copy in which labels have no invisible characters, which would make them differ from the same name in the schema.

    With ``headerJoin`` as detection gives it, a header of several rows is joined into the last of them, parents spread over their
    columns, so that everything after it keeps its number. Any other ``headerJoin`` is left to frictionless.
    """
    numbers, joined = work.header_rows, work.dialect.get("headerJoin") == JOIN
    last = max(numbers, default=0)
    if not last:
        return work
    try:
        with work.path.open("r", encoding=work.encoding, newline="") as source:
            options = reader_options(work.csv)
            rows = list(islice(csv.reader(iter(source.readline, ""), **options), last))
            labels = [label for number in numbers for row in rows[number - 1 : number] for label in row]
            if not joined and not any(label.translate(INVISIBLE) != label for label in labels):
                return work
            if joined and len(rows) == last:
                rows[last - 1] = join_header(rows, numbers, merged)
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(
                    file, lineterminator="\n", **{**options, "quoting": csv.QUOTE_MINIMAL, "quotechar": options["quotechar"] or '"'}
                )
                writer.writerows([cell.translate(INVISIBLE) for cell in row] for row in rows)
                while text := source.read(1 << 20):
                    file.write(text)
    except (UnicodeDecodeError, csv.Error):  # the validation reports it, with its place
        return work
    return WorkFile(target, "utf-8", {**work.dialect, "headerRows": [last] if joined else numbers})


def reader_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of ``csv.reader`` that mean the same as Frictionless csv options."""
    quote, escape = options["quoteChar"], options.get("escapeChar")
    return {
        "delimiter": options["delimiter"],
        "quotechar": quote or None,
        "doublequote": bool(options["doubleQuote"]) if escape else True,
        "escapechar": escape,
        "quoting": csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        "skipinitialspace": bool(options["skipInitialSpace"]),
    }
