"""Proves on bytes that a CSV file is regular, so that every parser reads the same cells from it.

Regular: every record has the same number of cells; quotes follow RFC 4180; no lone carriage return, no NUL, no blank line. Then
``csv.reader`` (what frictionless uses) and Polars agree; without the proof only ``csv.reader`` may read the file.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

CR, LF, QUOTE = 13, 10, 34
_CHUNK = 1 << 18  # what is computed on it stays in the processor's cache; a quarter of it costs half as much again
_LONGEST = 1 << 20
Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Positions = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class Regularity:
    """``records`` counts the header too; ``reason`` says why the file is not regular (empty: it is).

    ``cuts`` are offsets at which a record ends, some chunks apart, the end of the file last.
    """

    records: int
    reason: str = ""
    cuts: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return not self.reason


@dataclass(slots=True)
class _State:
    """What a chunk leaves open: is a quote open, and how many delimiters has the open record had?"""

    delimiter: int
    width: int
    inside: bool = False
    delimiters: int = 0


class _Irregular(Exception):
    pass


def prove_regular(path: Path, delimiter: str, width: int) -> Regularity:
    """Whether each record of the file has ``width`` cells under ``delimiter`` with ``"`` as quote."""
    if not path.stat().st_size:
        return Regularity(0, "empty file")
    with path.open("rb") as file:
        return _prove(file, ord(delimiter), width)


def _prove(file: BinaryIO, delimiter: int, width: int) -> Regularity:
    state = _State(delimiter, width)
    end, records, rest = 0, 0, b""
    cuts = []
    try:
        while chunk := file.read(_CHUNK):
            whole, newline, rest_of_chunk = chunk.rpartition(b"\n")
            if not newline:
                rest += chunk
                if len(rest) > _LONGEST:
                    return Regularity(0, "a line longer than a chunk")
                continue
            text = rest + whole + newline
            rest = rest_of_chunk
            records += _scan(text, state)
            end += len(text)
            if not state.inside:
                cuts.append(end)
        if rest:
            records += _scan(rest, state)
            cuts.append(end + len(rest))
    except _Irregular as irregular:
        return Regularity(0, str(irregular))
    return Regularity(0, "an open quote at the end") if state.inside else Regularity(records, "", tuple(cuts))


def _scan(text: bytes, state: _State) -> int:
    if b"\r" in text and text.count(b"\r") != text.count(b"\r\n"):
        raise _Irregular("a lone carriage return")
    if b"\0" in text:
        raise _Irregular("a NUL byte")
    chunk: Bytes = np.frombuffer(text if text.endswith(b"\n") else text + b"\n", dtype=np.uint8)
    telling = chunk == state.delimiter
    telling |= chunk == LF
    telling |= chunk == QUOTE
    found: Positions = np.flatnonzero(telling)
    kinds = chunk[found]
    delimiters, ends, quotes = kinds == state.delimiter, kinds == LF, kinds == QUOTE
    if quotes.any():
        _check_quotes(chunk, found[quotes], state)
        # One bit of a sum that may overflow: how often a quote was met before, odd or even.
        outside = (np.cumsum(quotes, dtype=np.uint8) & 1) == state.inside
        state.inside = not outside[-1]
        delimiters &= outside
        ends &= outside
    elif state.inside:
        delimiters[:] = ends[:] = False
    seen = np.cumsum(delimiters, dtype=np.int32)
    if not ends.any():
        state.delimiters += int(seen[-1])
        return 0
    per_record = np.diff(np.concatenate(([-state.delimiters], seen[ends])))
    if (per_record != state.width - 1).any():
        raise _Irregular("rows of different width")
    if state.width == 1:
        starts = np.concatenate(([-1], found[ends]))
        if (np.diff(starts) <= 2).any():  # an empty line, or a lone letter or carriage return: not worth telling apart
            raise _Irregular("perhaps a blank line")
    state.delimiters = int(seen[-1] - seen[ends][-1])
    return len(per_record)


def _check_quotes(chunk: Bytes, quotes: Positions, state: _State) -> None:
    """Each run of quotes must open a cell at its start, close it at its end, or be an even run within."""
    breaks = np.flatnonzero(np.diff(quotes) != 1)
    starts, stops = np.concatenate(([0], breaks + 1)), np.concatenate((breaks, [quotes.size - 1]))
    odd = (stops - starts + 1) % 2 == 1
    first, last = quotes[starts], quotes[stops]
    before = np.where(first > 0, chunk[np.maximum(first - 1, 0)], LF)
    after = np.where(last < chunk.size - 1, chunk[np.minimum(last + 1, chunk.size - 1)], LF)
    opens = (before == state.delimiter) | (before == LF)
    closes = (after == state.delimiter) | (after == LF) | (after == CR)
    inside = (np.concatenate(([0], np.cumsum(odd)[:-1])) + state.inside) % 2 == 1
    wrong = np.where(inside, odd & ~closes, np.where(odd, ~opens, ~(opens & closes)))
    if wrong.any():
        raise _Irregular("a quote inside a cell")
