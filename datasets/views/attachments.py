"""Sends a file as an inert attachment: never run, never sniffed, with checksum, ranges and conditional answers."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

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


CHUNK = 256 * 1024
# Types a browser may know; anything else, HTML and SVG above all, goes out as plain bytes.
INERT_TYPES = frozenset(
    {
        "text/csv",
        "text/tab-separated-values",
        "text/plain",
        "application/json",
        "application/geo+json",
        "application/x-ndjson",
        "application/pdf",
        "application/zip",
        "application/vnd.apache.parquet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "image/png",
        "image/jpeg",
    }
)
PUBLIC = "public, max-age=60, stale-while-revalidate=600"
PERMANENT = "public, max-age=86400"
PRIVATE = "private, no-store"


def content_disposition(filename: str) -> str:
    """`Content-Disposition` for a download (RFC 6266): an ASCII name for old programs, the real one in UTF-8 (RFC 8187)."""
    clean = (
        "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in filename).strip().replace("/", "-") or "download"
    )
    stem, dot, suffix = clean.rpartition(".")
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", stem if dot else clean).strip("-.") or "download"
    ascii_suffix = re.sub(r"[^A-Za-z0-9]+", "", suffix) if dot else ""
    fallback = f"{plain}.{ascii_suffix}" if ascii_suffix else plain
    header = f'attachment; filename="{fallback}"'
    return header if fallback == clean else f"{header}; filename*=UTF-8''{quote(clean, safe='')}"


def send_attachment(
    request: HttpRequest,
    *,
    open_file: Callable[[], BinaryIO],
    size: int,
    etag: str,
    modified: datetime,
    filename: str,
    media_type: str,
    cache_control: str = PUBLIC,
) -> HttpResponseBase:
    """The file, a part of it (206), nothing new (304) or nothing there (416). `etag` comes quoted; `open_file` is called only to read."""
    response = _body(request, open_file=open_file, size=size, etag=etag, modified=modified, media_type=media_type)
    harden(response, filename=filename)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified.timestamp())
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = cache_control
    return get_conditional_response(request, etag=etag, last_modified=int(modified.timestamp()), response=response) or response


def harden(response: HttpResponseBase, *, filename: str) -> None:
    """Headers under which no browser shows, runs or guesses the file."""
    response["Content-Disposition"] = content_disposition(filename)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"


def _body(
    request: HttpRequest, *, open_file: Callable[[], BinaryIO], size: int, etag: str, modified: datetime, media_type: str
) -> HttpResponseBase:
    kind = media_type.partition(";")[0].strip().lower()
    content_type = media_type if kind in INERT_TYPES else "application/octet-stream"
    try:
        part = parse_range(request.headers.get("Range"), size) if _same_file(request, etag, modified) else None
    except Unsatisfiable:
        response = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        response["Content-Range"] = f"bytes */{size}"
        return response
    wanted = part or ByteRange(0, max(0, size - 1), size)
    length = part.length if part else size
    response = (
        HttpResponse(content_type=content_type)
        if request.method == "HEAD"
        else StreamingHttpResponse(_chunks(open_file, wanted.start, length), content_type=content_type)
    )
    response["Content-Length"] = str(length)
    if part:
        response.status_code = 206
        response["Content-Range"] = str(part)
    return response


def _same_file(request: HttpRequest, etag: str, modified: datetime) -> bool:
    """Whether the part asked for continues the file the client has (If-Range); without the header, it does."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag and not etag.startswith("W/")
    return parse_http_date_safe(condition) == int(modified.timestamp())


def _chunks(open_file: Callable[[], BinaryIO], start: int, length: int) -> Iterator[bytes]:
    with open_file() as stream:
        stream.seek(start)
        while length > 0 and (chunk := stream.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk
