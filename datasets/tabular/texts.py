"""The texts of a large table laid end to end in its file, so that "contains" looks through them in one sweep instead of cell by cell.

They lie between the last row group and the footer, where Parquet leaves room for indexes and readers that do not know them look at nothing:
for each column its cells as search compares them, each closed by NUL, then where each cell ends within its part (uint32), then JSON that
says where all this lies, the length of that JSON and `MARK`. Only large tables have them, for columns of which not every value is kept with
its count: others answer in tens of milliseconds as they are.
"""

import json
import mmap
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import duckdb
import nanoarrow
import numpy as np
import polars as pl

MOST_BYTES = 1 << 30  # longer columns would double a file for a sweep that takes longer than anybody waits
MOST_FOUND = 100_000  # rows: to name more of them to the database costs more than it saves
PART = 65_536  # rows
_KEPT = 8  # words: a page's rows, its facets and its neighbours ask for the same one
MARK = b"TEXTS\0\0\1"
_OFTEN = 1 / 16  # of the rows: where a word stands in more of them its places are no longer few


class Found(NamedTuple):
    """How many rows, and the numbers of the first ``MOST_FOUND`` of them, ascending."""

    total: int
    numbers: "np.ndarray[Any, Any]"


def append_texts(file: Path, columns: Mapping[str, str], database: duckdb.DuckDBPyConnection) -> None:
    """Adds the texts of these columns (name: SQL of what search compares) to the file of the database's `rows`, numbered 1, 2, 3."""
    with file.open("r+b") as stream:
        footer = _footer(stream)
        stream.seek(-len(footer), 2)
        told = {name: found for name, sql in columns.items() if (found := _append(stream, sql, database))}
        index = json.dumps(told).encode()
        stream.write(index + len(index).to_bytes(8, "little") + MARK + footer)
        stream.truncate()


def _footer(stream: BinaryIO) -> bytes:
    """The file's description of itself, its length and Parquet's mark."""
    stream.seek(-8, 2)
    length = int.from_bytes(stream.read(4), "little") + 8
    stream.seek(-length, 2)
    return stream.read(length)


def _append(stream: BinaryIO, sql: str, database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    start = stream.tell()
    rows = database.cursor().sql(f"SELECT coalesce({sql}, '') AS text FROM rows")  # noqa: S608
    starts, counts, ends = [start], [0], []
    for frame in pl.scan_arrow_c_stream(rows).collect_batches(chunk_size=PART, maintain_order=True):
        text = frame["text"] + "\0"
        stream.write(text.str.join("").item().encode())
        ends.append(text.str.len_bytes().cum_sum().cast(pl.UInt32).to_numpy().tobytes())
        starts.append(stream.tell())
        counts.append(counts[-1] + frame.height)
        if stream.tell() - start > MOST_BYTES:
            stream.seek(start)
            return {}
    stream.write(bytes(-stream.tell() % 4))
    told = {"starts": starts, "rows": counts, "ends": stream.tell()}
    stream.writelines(ends)
    return told


class Texts:
    """The appended texts of one open file. Nothing is read before somebody asks."""

    def __init__(self, path: str) -> None:
        self._told: dict[str, Any] = {}
        with Path(path).open("rb") as stream:
            end = len(_footer(stream)) + 16
            stream.seek(-end, 2)
            length, mark = int.from_bytes(stream.read(8), "little"), stream.read(8)
            if mark == MARK:
                stream.seek(-end - length, 2)
                self._told = json.loads(stream.read(length))
                self._bytes = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        self.rows_with = lru_cache(_KEPT)(self._rows_with)

    def _rows_with(self, column: str, word: str) -> Found | None:
        """The rows whose cell contains the folded word; None where only the rows themselves can tell."""
        told = self._told.get(column)
        if not told or not word or "\0" in word:
            return None
        sweep = _Sweep(self._bytes, word, **told)
        first = sweep.by_places(0, 1)
        way = sweep.by_cells if first.total > _OFTEN * told["rows"][1] else sweep.by_places
        parts = len(told["rows"]) - 1
        middle = (parts + 1) // 2
        with ThreadPoolExecutor(2) as pool:
            found = [first, *pool.map(way, (1, middle), (middle, parts))]
        return Found(sum(some.total for some in found), np.concatenate([some.numbers for some in found])[:MOST_FOUND])


class _Sweep:
    """Looks for one word in a column's parts. Polars reads the mapped file itself: no text is copied."""

    def __init__(self, content: memoryview, word: str, starts: list[int], rows: list[int], ends: int) -> None:
        self._content, self._word, self._starts, self._rows = content, word, starts, rows
        self._ends = np.frombuffer(content, np.uint32, rows[-1], ends)

    def by_places(self, start: int, stop: int) -> Found:
        """Where the word stands in whole parts: as fast as memory is read, if it is rare."""
        parts = _strings(nanoarrow.large_string(), np.array(self._starts[start : stop + 1], np.int64), self._content)
        rows = []
        for part, places in enumerate(parts.str.find_many([self._word]), start):
            cells = np.searchsorted(self._ends_of(part), places.to_numpy(), side="right")
            rows.append(cells[np.diff(cells, prepend=-1) > 0] + self._rows[part])
        return _found(rows)

    def by_cells(self, start: int, stop: int) -> Found:
        """Which cells hold the word: as fast for one that stands in each."""
        rows = []
        for part in range(start, stop):
            edges = np.concatenate([[0], self._ends_of(part)]).astype(np.int32)
            cells = _strings(nanoarrow.string(), edges, self._content[self._starts[part] : self._starts[part + 1]])
            rows.append(cells.str.contains(self._word, literal=True).arg_true().to_numpy() + self._rows[part])
        return _found(rows)

    def _ends_of(self, part: int) -> "np.ndarray[Any, Any]":
        return self._ends[self._rows[part] : self._rows[part + 1]]


def _found(rows: list["np.ndarray[Any, Any]"]) -> Found:
    """Places of rows, from 0, as what is told of them."""
    numbers = np.concatenate(rows or [np.empty(0)]).astype(np.int32)
    return Found(len(numbers), numbers[:MOST_FOUND] + 1)


def _strings(kind: Any, edges: "np.ndarray[Any, Any]", content: memoryview) -> pl.Series:
    return pl.Series(nanoarrow.c_array_from_buffers(kind, len(edges) - 1, [None, edges, content]))
