"""A DuckDB that can read one Parquet file and do nothing else."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from .contract import Column, Problem, QueryError, QueryTimeout, TabularError

MEMORY = "512MB"
THREADS = 2
SECONDS = 10.0
_LOCKDOWN = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET temp_directory = ''",
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


class ParquetTable:
    """One Parquet file, open for questions. ``columns`` in file order."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: str, seconds: float) -> None:
        self._connection = connection
        self._path = path
        self._seconds = seconds
        described = self.fetch_all("DESCRIBE SELECT * FROM {table}")
        self.columns: tuple[Column, ...] = tuple(Column(row[0], _TYPES.get(row[1], "text")) for row in described)
        self._by_name = {column.name: column for column in self.columns}

    def column(self, name: str) -> Column:
        """The column of that name. Raises :class:`QueryError` (unknown-column)."""
        if name not in self._by_name:
            raise QueryError("unknown-column", str(name))
        return self._by_name[name]

    def fetch_all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement in which ``{table}`` stands for the file."""
        with self._limited():
            return self._execute(sql, values).fetchall()

    def fetch_batches(self, sql: str, values: Sequence[Any], size: int) -> Iterator[list[tuple[Any, ...]]]:
        """The rows in lists of ``size``; the time limit holds for each step, not for the whole reading."""
        with self._limited():
            cursor = self._execute(sql, values)
        while True:
            with self._limited():
                rows = cursor.fetchmany(size)
            if not rows:
                return
            yield rows

    def _execute(self, sql: str, values: Sequence[Any]) -> duckdb.DuckDBPyConnection:
        before, after = sql.split("{table}")
        count = before.count("?")
        bound = [*values[:count], self._path, *values[count:]]
        return self._connection.execute(f"{before}read_parquet(?){after}", bound)

    @contextmanager
    def _limited(self) -> Iterator[None]:
        timer = threading.Timer(self._seconds, self._connection.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise QueryTimeout(self._seconds) from error
        except duckdb.OutOfMemoryException as error:
            raise QueryError("too-much-memory") from error
        finally:
            timer.cancel()


@contextmanager
def open_parquet(path: str | os.PathLike[str], *, seconds: float = SECONDS) -> Iterator[ParquetTable]:
    """Opens a Parquet file for reading, locked down. Raises ``missing-file`` or ``bad-descriptor`` where it cannot be read."""
    absolute = str(Path(path).resolve())
    if not os.path.isfile(absolute):
        raise TabularError(Problem("missing-file"))
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY})
    try:
        connection.execute(f"SET allowed_paths = [{_literal(absolute)}]")
        for statement in _LOCKDOWN:
            connection.execute(statement)
        try:
            table = ParquetTable(connection, absolute, seconds)
        except duckdb.Error as error:
            raise TabularError(Problem("bad-descriptor", {"reason": "not a Parquet file"})) from error
        yield table
    finally:
        connection.close()


def identifier(name: str) -> str:
    """A quoted SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
