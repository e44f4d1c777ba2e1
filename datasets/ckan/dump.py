"""`/datastore/dump/<id>`: a whole table for programs, streamed as CSV, TSV, JSON or XML."""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from datasets.standards.facts import UNWRITABLE
from datasets.tabular import Column, QueryError
from datasets.tabular.dumping import read_frames
from datasets.views.attachments import harden
from datasets.views.exports import find_readable, marked

from .errors import ValidationError
from .parameters import flat
from .responses import dumps
from .table import described, field_of, json_value
from .table_request import read_table_request
from .values import boolean, natural, text

Frames = Iterator[pl.DataFrame]
TYPES = {"csv": "text/csv", "tsv": "text/tab-separated-values", "json": "application/json", "xml": "application/xml"}
_MOMENT = "%Y-%m-%dT%H:%M:%S%.3f"


@require_safe
def dump(request: HttpRequest, resource: UUID) -> HttpResponseBase:
    """The rows that a datastore_search with these parameters finds, all of them. 404 for what this reader may not see; 400 in words."""
    found, cache_control = find_readable(request, resource)
    version = found.current
    if version is None or version.parquet_path is None:
        raise Http404
    data = flat(request.GET)
    try:
        form = text({"format": data.pop("format", "csv")}, "format").lower()
        if form not in TYPES:
            raise ValidationError({"format": [f"Choose one of {', '.join(TYPES)}"]})
        mark = boolean({"bom": data.pop("bom", False)}, "bom", False)
        limit = natural(data, "limit", 0) if data.get("limit") not in (None, "") else None
        asked = read_table_request({**data, "resource_id": str(resource), "limit": 0})
        columns, frames = read_frames(
            version.parquet_path,
            columns=asked.fields,
            filters=asked.all_filters(),
            sort=asked.sort,
            search=asked.search or None,
            offset=natural(data, "offset", 0),
            limit=limit,
            distinct=asked.distinct,
        )
    except ValidationError as problem:
        return HttpResponse(dumps(problem.error), status=400, content_type="application/json;charset=utf-8")
    except QueryError as error:
        return HttpResponse(dumps({"query": [f"Invalid query: {error.field or error.code}"]}), status=400, content_type="application/json")
    fields = [field_of(column, described(version.schema)) for column in columns]
    written = marked(_WRITERS[form](frames, columns, fields), form)
    body = () if request.method == "HEAD" else chain([b"\xef\xbb\xbf"] if mark and form in ("csv", "tsv") else [], written)
    response = StreamingHttpResponse(body, content_type=f"{TYPES[form]}; charset=utf-8")
    harden(response, filename=f"{resource}.{form}")
    response["Cache-Control"] = cache_control
    return response


def _separated(separator: str) -> Callable[[Frames, Sequence[Column], Sequence[Any]], Iterator[bytes]]:
    def write(frames: Frames, columns: Sequence[Column], fields: Sequence[Any]) -> Iterator[bytes]:
        words = pl.selectors.boolean()
        as_words = pl.when(words).then(pl.lit("True")).when(words.not_()).then(pl.lit("False")).name.keep()
        yield _csv(pl.DataFrame([[column.name] for column in columns], orient="col"), separator)
        for frame in frames:
            yield _csv(frame.with_columns(as_words) if frame.select(words).width else frame, separator)

    return write


def _csv(frame: pl.DataFrame, separator: str) -> bytes:
    out = io.BytesIO()
    frame.write_csv(out, include_header=False, separator=separator, line_terminator="\r\n", datetime_format=_MOMENT)
    return out.getvalue()


def _json(frames: Frames, columns: Sequence[Column], fields: Sequence[Any]) -> Iterator[bytes]:
    yield f'{{\n  "fields": {dumps(fields)},\n  "records": ['.encode()
    first = True
    for frame in frames:
        for row in frame.iter_rows():
            yield ("\n    " if first else ",\n    ").encode() + dumps([json_value(value) for value in row]).encode()
            first = False
    yield b"\n]}\n"


def _xml(frames: Frames, columns: Sequence[Column], fields: Sequence[Any]) -> Iterator[bytes]:
    tags = [re.sub(r"^(?=[\d.-])|[^\w.-]", "_", column.name) for column in columns]
    yield b'<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    for frame in frames:
        for row in frame.iter_rows():
            cells = [_cell(tag, value) for tag, value, column in zip(tags, row, columns, strict=True) if column.name != "_id"]
            number = next((f" _id={quoteattr(str(value))}" for value, column in zip(row, columns, strict=True) if column.name == "_id"), "")
            yield f"<row{number}>{''.join(cells)}</row>\n".encode()
    yield b"</data>\n"


def _cell(tag: str, value: Any) -> str:
    shown = json_value(value)
    if shown is None:
        return f'<{tag} xsi:nil="true"></{tag}>'
    return f"<{tag}>{escape(UNWRITABLE.sub('', str(shown)))}</{tag}>"


_WRITERS = {"csv": _separated(","), "tsv": _separated("\t"), "json": _json, "xml": _xml}
