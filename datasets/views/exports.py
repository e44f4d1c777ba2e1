"""The table in another format, with the same filters as the preview: what is seen is what is downloaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Resource, Version
from datasets.selectors import NOBODY, visible_resources
from datasets.tabular import EXPORT_FORMATS, Column, QueryError, TooManyRows
from datasets.tabular.exporting import stream_export

from .attachments import PRIVATE, PUBLIC, harden
from .columns import column_facts
from .downloads import signed_in
from .export_about import about_sheet
from .resource import explain_question
from .table_question import TableQuestion, read_question

WRITER = 1  # raise it when an export's bytes change for the same table


@require_safe
def export_resource(request: HttpRequest, resource: UUID, extension: str) -> HttpResponseBase:
    """CSV (Excel opens Khmer intact, formulas neutralised), JSON (an array of objects), XLSX or Parquet, streamed."""
    found, cache_control = find_readable(request, resource)
    version = found.current
    if version is None or not version.is_table or version.parquet_path is None:
        raise Http404
    columns = column_facts(version.schema)
    question = read_question(request.GET, [Column(column.name, column.table_type) for column in columns])
    if question.unknown:
        return _refusal(400, explain_question(QueryError("unknown-column", question.unknown[0]), question))
    etag = _etag(version, extension, question)
    moment = version.published or version.created
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag, last_modified=int(moment.timestamp()))
    if response is None:
        try:
            response = _stream(request, found, version, extension, question)
        except QueryError as error:
            return _refusal(400, explain_question(error, question))
        except TooManyRows as error:
            words = {"rows": f"{error.rows:,}", "limit": f"{error.limit:,}"}
            return _refusal(
                400, _("%(rows)s rows are more than an Excel file takes here (%(limit)s). Filter the table, or take CSV.") % words
            )
        except FileNotFoundError:
            return _refusal(503, _("The table is being prepared. Try again in a few minutes; the original file can be downloaded."))
    harden(response, filename=export_name(found, version, extension, filtered=bool(question.filters)))
    response["ETag"] = etag
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


def _stream(request: HttpRequest, resource: Resource, version: Version, extension: str, question: TableQuestion) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=EXPORT_FORMATS[extension])
    chunks: Iterator[bytes] = stream_export(
        version.parquet_path, extension, filters=question.filters, sort=question.sort, **about_sheet(resource, version, extension)
    )
    return StreamingHttpResponse(chunks, content_type=EXPORT_FORMATS[extension])


def _etag(version: Version, extension: str, question: TableQuestion) -> str:
    """Weak: the same rows, though a writer may pack them in other bytes."""
    asked = hashlib.sha256(f"{WRITER}:{version.uuid}:{question.query}".encode()).hexdigest()[:16]
    return f'W/"{version.data_file.sha256[:32]}-{extension}-{asked}"'


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
