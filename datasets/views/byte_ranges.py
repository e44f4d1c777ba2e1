"""The Range header of HTTP (RFC 9110, section 14), for one range of bytes."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The range lies outside the file: answer 416."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """Bytes `start` to `stop`, both inclusive, of a file of `size` bytes."""

    start: int
    stop: int
    size: int

    @property
    def length(self) -> int:
        return self.stop - self.start + 1

    def __str__(self) -> str:
        return f"bytes {self.start}-{self.stop}/{self.size}"


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The one range asked for; None where the whole file is to be sent (no header, several ranges, a header that cannot be read).

    Raises Unsatisfiable where the range starts behind the end of the file.
    """
    match = _ONE_RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last = match.groups()
    if not first and not last:
        return None
    if not first:  # the last N bytes
        if int(last) == 0 or size == 0:
            raise Unsatisfiable
        return ByteRange(max(0, size - int(last)), size - 1, size)
    start, stop = int(first), int(last) if last else size - 1
    if last and stop < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return ByteRange(start, min(stop, size - 1), size)
