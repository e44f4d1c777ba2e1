"""Refuses files whose lines no honest table has, before any parser builds lists of their cells."""

import csv
import mmap
from pathlib import Path

from . import limits
from .contract import Problem, TabularError

_CHUNK = 4 << 20


def check_lines(path: Path, delimiter: str) -> None:
    """Raises ``line-too-long`` or ``too-wide``. Reads bytes at memory speed; the encoding must be an extension of ASCII."""
    import numpy as np

    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if _plainly_short(data):
            return
        line, start, seen = 1, 0, 0  # the number of the open line, where it starts, its delimiters so far
        for position in range(0, len(data), _CHUNK):
            chunk = np.frombuffer(data[position : position + _CHUNK], np.uint8)
            ends = np.flatnonzero((chunk == 10) | (chunk == 13))
            marks = np.flatnonzero(chunk == ord(delimiter))
            stops = np.append(ends + position, position + len(chunk))
            starts = np.concatenate(([start], stops[:-1] + 1))
            lengths = stops - starts
            if int(lengths.max()) > limits.MAX_LINE_BYTES:
                row = line + int(lengths.argmax())
                raise TabularError(Problem("line-too-long", {"limit": limits.MAX_LINE_BYTES, "row": row}, row=row))
            counts = np.diff(np.concatenate(([-seen], np.searchsorted(marks, stops - position))))
            for index in np.flatnonzero(counts >= limits.MAX_COLUMNS).tolist():
                if index < len(ends):
                    _check_width(data[int(starts[index]) : int(stops[index])], delimiter, line + index)
            line += len(ends)
            start, seen = int(starts[-1]), int(counts[-1])
        if seen >= limits.MAX_COLUMNS:
            _check_width(data[start:], delimiter, line)


def _plainly_short(data: mmap.mmap) -> bool:
    """True where no line has room for too many cells; it looks at one line end in two thousand bytes only."""
    position = 0
    while len(data) - position > limits.MAX_COLUMNS:
        end = data.rfind(b"\n", position, position + limits.MAX_COLUMNS)
        if end < 0:
            return False
        if position % _CHUNK > end % _CHUNK:
            _forget(data, max(position - _CHUNK, 0), position)
        position = end + 1
    return True


def _forget(data: mmap.mmap, start: int, end: int) -> None:
    """Pages that were read count as our memory until they are given back."""
    start -= start % mmap.PAGESIZE
    data.madvise(mmap.MADV_DONTNEED, start, end - start)


def _check_width(text: bytes, delimiter: str, row: int) -> None:
    """Delimiters may stand inside quotes (an outline as GeoJSON has thousands): only the parser knows the width."""
    try:
        width = len(next(csv.reader([text.decode("utf-8", "replace")], delimiter=delimiter), []))
    except csv.Error as error:
        raise TabularError(Problem("line-too-long", {"limit": limits.MAX_LINE_BYTES, "row": row}, row=row)) from error
    if width > limits.MAX_COLUMNS:
        raise TabularError(Problem("too-wide", {"limit": limits.MAX_COLUMNS, "actual": width}, row=row))
