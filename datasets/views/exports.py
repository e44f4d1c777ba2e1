"""The table in another format, with the filters, columns and order of the page: what is seen is what is downloaded.

A download that was cut off is seen to be. The web server ends an answer properly even when its writer fails, so the file itself says it:
JSON, Parquet, workbooks and archives lack their end, CSV, TSV and NDJSON get a last line that no reader takes for a row, and
`X-Row-Count` tells how many rows there should be. A whole table (no filter, order or choice of columns) goes on where it was cut off:
it is kept once it was sent, or made when a part of it is asked for.
"""

import hashlib
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Resource, Version
from datasets.selectors import NOBODY, visible_resources
from datasets.tabular import EXPORT_FORMATS, Column, QueryError, TooManyRows, read_page
from datasets.tabular.exporting import stream_export

from .attachments import PRIVATE, PUBLIC, harden, send_attachment
from .columns import column_facts
from .downloads import signed_in
from .export_zip import about_rows, about_sheet, stream_zip
from .kept_exports import keeping, kept_path
from .resource import explain_question
from .table_question import TableQuestion, read_question

logger = logging.getLogger(__name__)
FORMATS = {**EXPORT_FORMATS, "zip": "application/zip"}
PACKED = frozenset({"csv", "tsv", "json", "ndjson", "geojson"})  # the others are packed already
CUT_OFF = {
    "csv": '\r\n"CUT OFF: this file is not complete / ឯកសារនេះមិនពេញលេញ / 此文件不完整"\r\n'.encode(),
    "tsv": "\r\nCUT OFF: this file is not complete / ឯកសារនេះមិនពេញលេញ / 此文件不完整\r\n".encode(),
    "ndjson": b'\n{"cut off, not complete',
}
MADE_FIRST = frozenset({"xlsx", "parquet"})  # their writers have the whole file before its first byte can be sent
EXPLAINED = frozenset({"xlsx", "zip"})  # they say what the dataset is called and under which terms: that may change
WRITER = 3  # raise it when an export's bytes change for the same table


@require_safe
def export_resource(request: HttpRequest, resource: UUID, extension: str) -> HttpResponseBase:
    """CSV and TSV (formulas neutralised), JSON, NDJSON, GeoJSON, Parquet, a zip with everything; XLSX to 100,000 rows. Streamed."""
    found, cache_control = find_readable(request, resource)
    version = found.current
    if version is None or not version.is_table or version.parquet_path is None:
        raise Http404
    columns = column_facts(version.schema)
    question = read_question(request.GET, [Column(column.name, column.table_type) for column in columns])
    if question.unknown:
        return _refusal(400, explain_question(QueryError("unknown-column", question.unknown[0]), question))
    # A part of a packed file can be unpacked only by who has the beginning, and so says of what the part is to be.
    alone = "Range" in request.headers and "If-Range" not in request.headers
    packed = extension in PACKED and not alone and "gzip" in request.headers.get("Accept-Encoding", "")
    asked = _digest(found, version, extension, question)
    # Strong for text, whose bytes are the same each time; weak where a writer may pack the same rows in other bytes.
    etag = f'{"" if extension in PACKED else "W/"}"{version.data_file.sha256[:32]}-{extension}-{asked}{"-gzip" * packed}"'
    moment = version.published or version.created
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=int(moment.timestamp()))
    if response is None:
        try:
            response = _answer(request, found, version, extension, question, packed=packed, etag=etag, asked=asked)
        except QueryError as error:
            return _refusal(400, explain_question(error, question))
        except TooManyRows as error:
            words = {"rows": f"{error.rows:,}", "limit": f"{error.limit:,}"}
            return _refusal(
                400, _("%(rows)s rows are more than an Excel file takes here (%(limit)s). Filter the table, or take CSV.") % words
            )
        except OSError:
            return _refusal(503, _("The table is being prepared. Try again in a few minutes; the original file can be downloaded."))
    harden(response, filename=export_name(found, version, extension, filtered=bool(question.values)))
    response.setdefault("ETag", etag)
    response["Last-Modified"] = http_date(moment.timestamp())
    response["Cache-Control"] = cache_control
    response["Link"] = ", ".join(_links(found))
    return response


def find_readable(request: HttpRequest, uuid: UUID) -> tuple[Resource, str]:
    """The resource that this reader may see, and how long caches may keep what it says. 404."""
    for user, cache_control in ((lambda: NOBODY, PUBLIC), (lambda: signed_in(request), PRIVATE)):
        found = visible_resources(user()).select_related("dataset__licence").filter(uuid=uuid).first()
        if found is not None:
            return found, cache_control
    raise Http404


def _answer(
    request: HttpRequest,
    resource: Resource,
    version: Version,
    extension: str,
    question: TableQuestion,
    *,
    packed: bool,
    etag: str,
    asked: str,
) -> HttpResponseBase:
    path = version.parquet_path
    if path is None:
        raise FileNotFoundError
    rows = read_page(path, filters=question.filters, limit=0).total
    kept = None if question.query else kept_path(f"{path.stem}.{asked}.{extension}{'.gz' * packed}")
    if (
        kept
        and not kept.is_file()
        and request.method == "GET"
        and (extension in MADE_FIRST or (extension in PACKED and "Range" in request.headers))
    ):
        for _chunk in keeping(_chunks(path, resource, version, extension, question, packed=packed), kept):
            pass
    if kept and kept.is_file():
        status = kept.stat()
        response = send_attachment(
            request,
            open_file=lambda: kept.open("rb"),
            size=status.st_size,
            # The same rows may come in other bytes another time where the writer notes the hour.
            etag=etag if extension in PACKED else f'"{etag[3:-1]}-{status.st_mtime_ns}"',
            modified=version.published or version.created,
            filename="",
            media_type=FORMATS[extension],
        )
    elif request.method == "HEAD":
        response = HttpResponse(content_type=FORMATS[extension])
    else:
        chunks = _chunks(path, resource, version, extension, question, packed=packed)
        response = StreamingHttpResponse(keeping(chunks, kept) if kept else chunks, content_type=FORMATS[extension])
    response["X-Row-Count"] = str(rows)
    if extension in PACKED:
        response["Vary"] = "Accept-Encoding"
    if packed:
        response["Content-Encoding"] = "gzip"
    return response


def _chunks(path: Path, resource: Resource, version: Version, extension: str, question: TableQuestion, *, packed: bool) -> Iterator[bytes]:
    view: dict[str, Any] = {"columns": question.columns or None, "filters": question.filters, "sort": question.sort}
    if extension == "zip":
        chunks = stream_zip(resource, version, column_facts(version.schema), view)
    else:
        chunks = stream_export(path, extension, **view, **about_sheet(resource, version, extension))
    return _gzipped(marked(chunks, extension)) if packed else marked(chunks, extension)


def marked(chunks: Iterator[bytes], extension: str) -> Iterator[bytes]:
    """The chunks; where making them fails, a last line that says so, and the failure."""
    try:
        yield from chunks
    except Exception:
        logger.exception("An export was cut off.")
        if extension in CUT_OFF:
            yield CUT_OFF[extension]
        raise


def _gzipped(chunks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(5, zlib.DEFLATED, 31)
    try:
        for chunk in chunks:
            if data := packer.compress(chunk):
                yield data
    except Exception:
        yield packer.flush(zlib.Z_SYNC_FLUSH)  # what there is arrives, with the line that says so, and no end of a gzip file
        raise
    yield packer.flush()


def _digest(resource: Resource, version: Version, extension: str, question: TableQuestion) -> str:
    """What the bytes depend on beside the file: the writer, the question, and what a workbook or an archive says about the dataset."""
    about = about_rows(resource, version) if extension in EXPLAINED else ()
    return hashlib.sha256(f"{WRITER}:{version.uuid}:{question.query}:{about}".encode()).hexdigest()[:16]


def export_name(resource: Resource, version: Version, extension: str, *, filtered: bool) -> str:
    """The file's name: the original's, saying what a spreadsheet cannot: a part of the rows, sample content."""
    stem = version.filename.rpartition(".")[0] or version.filename
    marks = ["filtered"] * filtered + ["sample"] * resource.dataset.is_sample
    return ".".join([stem, *marks, extension])


def _links(resource: Resource) -> list[str]:
    """Where the description and the terms are (RFC 8288), for formats that have no room for them."""
    site = settings.SITE_URL.rstrip("/")
    links = [f'<{site}/dataset/{resource.dataset.name}>; rel="describedby"']
    if resource.dataset.licence and resource.dataset.licence.url:
        links.append(f'<{resource.dataset.licence.url}>; rel="license"')
    return links


def _refusal(status: int, message: str) -> HttpResponse:
    return HttpResponse(message + "\n", status=status, content_type="text/plain; charset=utf-8")
