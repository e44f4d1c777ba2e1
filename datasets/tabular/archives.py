"""Measures a zip archive before anything else opens it: what it says it holds, and what it really holds."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from . import limits
from .contract import Problem, TabularError

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CHUNK = 1 << 18


def _bomb(limit: int, actual: int, unit: str) -> TabularError:
    return TabularError(Problem("zip-bomb", {"limit": limit, "actual": actual, "unit": unit}))


def _broken() -> TabularError:
    return TabularError(Problem("unreadable-xlsx", {"reason": "broken"}))


def is_crowded(path: Path) -> bool:
    """Whether the list of contents is longer than `limits.MAX_ZIP_DIRECTORY_BYTES`: zipfile holds it whole, some 350 bytes a member."""
    with path.open("rb") as file:
        end = zipfile._EndRecData(file)  # type: ignore[attr-defined]  # its own reading, so that both see the same
    return bool(end) and end[5] > limits.MAX_ZIP_DIRECTORY_BYTES


def members_of(path: Path) -> list[zipfile.ZipInfo]:
    """The members of an archive whose declared sizes are bearable. Raises ``zip-bomb`` or ``unreadable-xlsx``."""
    try:
        if is_crowded(path):
            raise _bomb(limits.MAX_ZIP_MEMBERS, path.stat().st_size // 46, "members")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise _broken() from error
    if len(members) > limits.MAX_ZIP_MEMBERS:
        raise _bomb(limits.MAX_ZIP_MEMBERS, len(members), "members")
    if any(member.flag_bits & 1 for member in members):
        raise TabularError(Problem("unreadable-xlsx", {"reason": "encrypted"}))
    _check(sum(member.file_size for member in members), path.stat().st_size)
    if sum(member.compress_size for member in members) > path.stat().st_size:  # members that share the same bytes
        raise _bomb(path.stat().st_size, sum(member.compress_size for member in members), "bytes")
    return members


def stream_members(path: Path, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """(name, chunk) of every member, really inflated, never more than the limit in all, never much in memory."""
    total, size = 0, path.stat().st_size
    with path.open("rb") as file:
        for member in members:
            for chunk in _inflate(file, member):
                total += len(chunk)
                _check(total, size)
                yield member.filename, chunk


def _check(total: int, size: int) -> None:
    if total > limits.MAX_UNZIPPED_BYTES:
        raise _bomb(limits.MAX_UNZIPPED_BYTES, total, "bytes")
    if total > limits.MIN_SUSPECT_BYTES and total > limits.MAX_ZIP_RATIO * max(size, 1):
        raise _bomb(limits.MAX_ZIP_RATIO, total // max(size, 1), "ratio")


def _inflate(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """zipfile stops at the size that the archive declares; a reader in another language may not."""
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise _broken()
    fields = _LOCAL_HEADER.unpack(header)
    file.seek(fields[9] + fields[10], 1)
    left = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (data := file.read(min(_CHUNK, left))):
            left -= len(data)
            yield data
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise _broken()
    inflater = zlib.decompressobj(-15)
    try:
        while left > 0 and not inflater.eof:
            data = file.read(min(_CHUNK, left))
            if not data:
                raise _broken()
            left -= len(data)
            while data and not inflater.eof:
                if chunk := inflater.decompress(data, _CHUNK):
                    yield chunk
                data = inflater.unconsumed_tail
    except zlib.error as error:
        raise _broken() from error
