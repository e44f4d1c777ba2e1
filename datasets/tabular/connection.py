"""A DuckDB that can read one Parquet file and do nothing else; a few stay open, so that the next question need not wait for it."""

import json
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import md5
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from .contract import Column, TableLost
from .questions import QueryError, QueryTimeout
from .texts import Found, Texts

MEMORY = "512MB"
SPILL = "8GB"
THREADS = 2
SECONDS = 10.0
MOST_OPEN = 16
MOST_ANSWERS = 200
LONGEST_KEPT = 1000  # characters of a value in a question whose answer is kept
FIRST_ROWS = 101  # a page of a hundred, and whether there is another
# Columns of these names hold a text column as search compares it, a number for each of its texts, the place of each among its different
# texts, decimal numbers as whole ones, how often a value stands. Never shown.
FOLDED, HASHED, CODED, SCALED, COUNTED = HIDDEN = ("_folded:", "_hashed:", "_coded:", "_scaled:", "_counted:")
VALUES = "values:"  # with the place of a column: in the footer, its different values with their numbers of rows, as JSON
# What DuckDB raises for pages that cannot be unpacked; for some it raises the plain `duckdb.Error`.
_DAMAGE = (duckdb.IOException, duckdb.InvalidInputException, UnicodeDecodeError)
_LOCKDOWN = (
    f"SET temp_directory = '{os.path.join(tempfile.gettempdir(), f'tables-{os.getpid()}')}'",  # only a sort beyond memory goes there
    f"SET max_temp_directory_size = '{SPILL}'",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET python_enable_replacements = false",
    "SET parquet_metadata_cache = true",
    "SET TimeZone = 'UTC'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_TYPES = {
    "BIGINT": "integer",
    "INTEGER": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "datetime",
    "TIME": "time",
    "VARCHAR": "text",
}
_SQL = {kind: name for name, kind in _TYPES.items() if name != "INTEGER"}


def locked_down(views: Mapping[str, str]) -> duckdb.DuckDBPyConnection:
    """A database of its own that can read the given Parquet files, by the name of a view each, and nothing else."""
    database = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY})
    database.execute(f"SET allowed_paths = [{', '.join(map(literal, views.values()))}]")
    for name, path in views.items():
        database.execute(f"CREATE VIEW {identifier(name)} AS SELECT * FROM read_parquet({literal(path)})")  # noqa: S608
    for statement in _LOCKDOWN:
        database.execute(statement)
    return database


@contextmanager
def limited(connection: duckdb.DuckDBPyConnection, seconds: float, *paths: str) -> Iterator[None]:
    """Interrupts what the connection does with these files after ``seconds``.

    Raises :class:`QueryTimeout`, :class:`QueryError` for want of memory, :class:`TableLost` where a file is damaged.
    """
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise QueryTimeout(seconds) from error
    except duckdb.OutOfMemoryException as error:
        raise QueryError("too-much-memory") from error
    except pl.exceptions.PolarsError as error:
        if "INTERRUPT" in str(error):
            raise QueryTimeout(seconds) from error
        raise (QueryError("too-much-memory") if "memory" in str(error).lower() else damaged(*paths)) from error
    except (duckdb.Error, UnicodeDecodeError) as error:
        if not isinstance(error, _DAMAGE) and type(error) is not duckdb.Error:
            raise
        raise damaged(*paths) from error
    finally:
        timer.cancel()


def damaged(*paths: str | os.PathLike[str]) -> TableLost:
    """The error to raise where one of these tables cannot be read. It is marked, so that the timetable writes it anew."""
    for path in paths:
        with suppress(OSError):
            damage_mark(path).touch()
    return TableLost()


def damage_mark(path: str | os.PathLike[str]) -> Path:
    """The empty file that says that somebody could not read the table beside it."""
    return Path(f"{os.fspath(path)}.damaged")


class _OpenFile:
    """The database of one Parquet file: its view `data`, its columns, and answers that were asked before (the file never changes)."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.database = locked_down({"data": path})
        described = self.database.execute("DESCRIBE data").fetchall()
        self.columns = tuple(Column(row[0], _TYPES.get(row[1], "text")) for row in described if not row[0].startswith(HIDDEN))
        self.hidden = {row[0] for row in described if row[0].startswith(HIDDEN)}
        found = self.database.execute("SELECT value FROM parquet_kv_metadata(?) WHERE key = 'statistics'", [path]).fetchone()
        self.statistics: list[dict[str, Any]] | None = json.loads(found[0]) if found else None
        self.answers: OrderedDict[Any, list[tuple[Any, ...]]] = OrderedDict()
        self.first: list[tuple[Any, ...]] | None = None
        self.texts = Texts(path)


class ParquetTable:
    """One Parquet file, open for questions to the view ``data``. ``columns`` in file order; ``hidden``: what stands beside them."""

    def __init__(self, file: _OpenFile, seconds: float) -> None:
        self._file = file
        self._cursor: duckdb.DuckDBPyConnection | None = None
        self._seconds = seconds
        self.path, self.columns, self.hidden, self.statistics = file.path, file.columns, file.hidden, file.statistics
        self._by_name = {column.name: column for column in self.columns}

    @property
    def has_ids(self) -> bool:
        """Whether rows carry their number, in ascending order."""
        return "_id" in self._by_name

    @property
    def rows(self) -> int:
        """How many there are, by the statistics; 0 where there are none."""
        return next((one["count"] + one["nulls"] for one in self.statistics or ()), 0)

    def column(self, name: str) -> Column:
        """The column of that name. Raises :class:`QueryError` (unknown-column)."""
        if name not in self._by_name:
            raise QueryError("unknown-column", str(name))
        return self._by_name[name]

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        if self._cursor is None:  # what is remembered needs none
            self._cursor = self._file.database.cursor()
        return self._cursor

    def told(self, column: Column) -> Mapping[str, Any]:
        """What the file says of a column's values (see `layout`); nothing where it says nothing."""
        return next((one for one in self.statistics or () if one["name"] == column.name), {})

    def counted(self, column: Column) -> str | None:
        """SQL of a relation of the column's different values, in its own name, folded, coded, with their numbers of rows ("_counted:").

        None where the file does not hold them.
        """
        if not self.told(column).get("kept"):
            return None
        form = {"v": [_SQL[column.type]], "f": ["VARCHAR"], "n": ["BIGINT"]}
        folded = f"unnest(j.f) AS {identifier(FOLDED + column.name)}, " if FOLDED + column.name in self.hidden else ""
        folded += f"unnest(range(len(j.v)))::INTEGER AS {identifier(CODED + column.name)}, "
        footer = f"parquet_kv_metadata({literal(self.path)}) WHERE key = '{VALUES}{self.columns.index(column)}'"
        kept = f"SELECT from_json(decode(value), {literal(json.dumps(form))}) AS j FROM {footer}"  # noqa: S608
        return f"(SELECT unnest(j.v) AS {identifier(column.name)}, {folded}unnest(j.n) AS {identifier(COUNTED)} FROM ({kept}))"  # noqa: S608

    def has_empty(self, column: Column) -> bool:
        """Whether the column may have empty cells."""
        return bool(self.told(column).get("nulls", True))

    def has_blank(self, column: Column) -> bool:
        """Whether the column may have texts of nothing but spaces: the smallest text tells."""
        least = self.told(column).get("minimum", "")
        return column.type == "text" and least is not None and least.strip(" ") < "!"

    def rows_with(self, column: Column, word: str) -> Found | None:
        """The rows whose cell contains the folded word; None where only the rows themselves can tell."""
        return self._file.texts.rows_with(column.name, word)

    def first_rows(self) -> list[tuple[Any, ...]]:
        """The first rows of the file, all columns: what nearly everybody asks for is kept."""
        if self._file.first is None:
            names = ", ".join(identifier(column.name) for column in self.columns)
            self._file.first = self.fetch_all(f"SELECT {names} FROM data LIMIT {FIRST_ROWS}")  # noqa: S608
        return self._file.first

    def fetch_all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement."""
        with limited(self._connection, self._seconds, self._file.path):
            return self._connection.execute(sql, list(values)).fetchall()

    def recall(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement; the last answers are kept, for small ones that many readers ask for."""
        if any(isinstance(value, str) and len(value) > LONGEST_KEPT for value in values):
            return self.fetch_all(sql, values)
        key = (sql, tuple((type(value), value) for value in values))
        answers = self._file.answers
        with suppress(KeyError):
            answers.move_to_end(key)
            return answers[key]
        answers[key] = rows = self.fetch_all(sql, values)
        while len(answers) > MOST_ANSWERS:
            with suppress(KeyError):
                answers.popitem(last=False)
        return rows

    def frames(self, sql: str, values: Sequence[Any], size: int) -> Iterator[pl.DataFrame]:
        """The rows in frames of about ``size``, made as they are asked for; the time limit holds for each, not for the whole reading."""
        with limited(self._connection, self._seconds, self._file.path):
            relation = self._connection.sql(sql, params=list(values))
            batches = iter(pl.scan_arrow_c_stream(relation).collect_batches(chunk_size=size, maintain_order=True))
        while True:
            with limited(self._connection, self._seconds, self._file.path):
                frame = next(batches, None)
            if frame is None:
                return
            yield frame

    def close(self) -> None:
        if self._cursor is not None:
            self._cursor.close()


_open: OrderedDict[tuple[str, int, int, int], _OpenFile] = OrderedDict()
_lock = threading.Lock()


def _opened(path: str) -> _OpenFile:
    try:
        status = os.stat(path)
    except OSError as error:
        raise TableLost from error
    key = (path, status.st_ino, status.st_mtime_ns, status.st_size)
    with _lock:
        if key in _open:
            _open.move_to_end(key)
            return _open[key]
    try:
        file = _OpenFile(path)
    except (duckdb.Error, KeyError, ValueError) as error:  # the latter: a footer that is there, but is no text any more
        raise damaged(path) from error
    with _lock:
        _open[key] = file
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)  # who is still reading from it keeps it alive
    return file


@contextmanager
def open_parquet(path: str | os.PathLike[str], *, seconds: float = SECONDS) -> Iterator[ParquetTable]:
    """Opens a Parquet file for reading, locked down. Raises :class:`TableLost` where it cannot be read."""
    table = ParquetTable(_opened(str(Path(path).resolve())), seconds)
    try:
        yield table
    finally:
        table.close()


def identifier(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def hashed(text: str) -> str:
    """A number under 2^24 for the text that the SQL expression gives: where thousands differ it tells nearly all of them apart."""
    return f"(md5_number_lower({text}) & 16777215)::INTEGER"


def hash_of(text: str) -> int:
    """What `hashed` makes of a text, without asking the database, which would then compare row by row."""
    return int.from_bytes(md5(text.encode(), usedforsecurity=False).digest()[8:], "little") & 16777215


def literal(text: str) -> str:
    """A quoted SQL text."""
    return "'" + text.replace("'", "''") + "'"
