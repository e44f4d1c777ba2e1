"""What is known of a file and of the table made from it: plain dataclasses, JSON-ready through ``to_dict()``."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["csv", "tsv", "xlsx", "xls", "xlsb", "ods", "json", "ndjson", "geojson", "kml", "file"]
Descriptor = Mapping[str, Any]

REFUSED_CODES = frozenset(
    {
        "empty-file",
        "binary-content",
        "encoding-unknown",
        "too-big",
        "too-wide",
        "line-too-long",
        "zip-bomb",
        "unreadable-xlsx",
        "broken-archive",
        "program",
        "empty-sheet",
        "bad-geojson",
        "bad-json",
        "bad-kml",
        "bad-descriptor",
        "engine-error",
        "missing-file",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file, as data. ``row`` and column numbers count from 1, as a spreadsheet shows them."""

    code: str
    context: Mapping[str, Any] = field(default_factory=dict)
    row: int | None = None
    field: str | None = None
    cell: str | None = None

    @property
    def refused(self) -> bool:
        """True where the file cannot become a table at all; else it is only to be shown to the publisher."""
        return self.code in REFUSED_CODES

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "context": dict(self.context), "row": self.row, "field": self.field, "cell": self.cell}


class TabularError(Exception):
    """The file or its descriptor cannot be used; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code, dict(problem.context))
        self.problem = problem


class TableLost(TabularError, OSError):
    """The table's file is missing or damaged (code ``missing-file``). Nothing is lost: it is derived, and written anew by itself."""

    def __init__(self) -> None:
        super().__init__(Problem("missing-file"))


@dataclass(frozen=True, slots=True)
class Detection:
    """What the bytes are and how to read them: a proposal that the publisher confirms.

    ``kind`` "file" means: not a table, kept as it is. ``sample`` holds the first data rows (text, at most 20), ``rows_seen`` how
    many data rows were looked at for the types; ``encoding_certain`` is False where the encoding is a guess.
    """

    kind: Kind
    media_type: str
    filename: str
    size: int
    encoding: str | None = None
    encoding_certain: bool = True
    delimiter: str | None = None
    header_row: int | None = None
    sheets: Sequence[str] = ()
    sheet: str | None = None
    labels: Sequence[str] = ()
    sample: Sequence[Sequence[str]] = ()
    rows_seen: int = 0
    dialect: Mapping[str, Any] = field(default_factory=dict)
    schema: Mapping[str, Any] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    @property
    def is_table(self) -> bool:
        """True where ``descriptor`` can be handed to ``validate`` and ``write_parquet``."""
        return self.kind != "file" and self.refusal is None

    @property
    def refusal(self) -> Problem | None:
        """The reason why this file cannot become a table, if there is one."""
        return next((problem for problem in self.problems if problem.refused), None)

    @property
    def descriptor(self) -> dict[str, Any]:
        """What ``validate`` and ``write_parquet`` take."""
        return {"dialect": dict(self.dialect), "schema": dict(self.schema)}

    def to_dict(self) -> dict[str, Any]:
        return asdict(self) | {"problems": [problem.to_dict() for problem in self.problems]}


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a validation.

    ``errors`` are Frictionless error descriptors in frictionless's order, at most ``limit_errors`` of them; ``totals`` counts
    every error of the file by type. ``engine`` is "vectorised" or "frictionless" and ``reason`` says why in a few words.
    """

    valid: bool
    rows: int
    errors: Sequence[Mapping[str, Any]]
    totals: Mapping[str, int]
    labels: Sequence[str]
    engine: str
    reason: str
    seconds: float
    descriptor: Mapping[str, Any]
    problem: Problem | None = None

    @property
    def total(self) -> int:
        """The number of errors in the whole file."""
        return sum(self.totals.values())

    @property
    def truncated(self) -> bool:
        """True where the file has more errors than ``errors`` lists."""
        return self.total > len(self.errors)

    def to_descriptor(self) -> dict[str, Any]:
        """frictionless's own report descriptor (``frictionless.Report.from_descriptor`` reads it)."""
        return dict(self.descriptor)

    def to_dict(self) -> dict[str, Any]:
        """The report as kept and served: frictionless's descriptor plus ``totals``, ``rows``, ``engine``, ``reason``, ``truncated``."""
        return {
            **self.descriptor,
            "totals": dict(self.totals),
            "rows": self.rows,
            "engine": self.engine,
            "reason": self.reason,
            "truncated": self.truncated,
            "problem": self.problem.to_dict() if self.problem else None,
        }


@dataclass(frozen=True, slots=True)
class Explanation:
    """A Frictionless error as codes: what is wrong (``code``), what was ``expected``, how to ``mend`` it, and cheap ``hints``.

    ``expected`` and ``mend`` are mappings with a ``code`` and its context; the catalogue of codes is in ``explanation.py``.
    """

    code: str
    row: int | None
    field: str | None
    cell: str | None
    field_number: int | None
    expected: Mapping[str, Any]
    mend: Mapping[str, Any]
    hints: Sequence[Mapping[str, Any]] = ()

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``type`` is text, integer, number, boolean, date, datetime or time."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that could not be read as its column's type and is null in the table. ``id`` is the record's ``_id``."""

    id: int
    row: int
    field: str
    cell: str


@dataclass(frozen=True, slots=True)
class Table:
    """A Parquet file that was written: rows, columns (``_id`` first), bytes and the first thousand cells that became null."""

    rows: int
    columns: Sequence[Column]
    size: int
    bad_cells: Sequence[BadCell] = ()
    bad_cell_count: int = 0
