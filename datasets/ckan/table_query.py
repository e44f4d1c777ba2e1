"""Runs a datastore_search on a resource's Parquet table."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasets.selectors import Table
from datasets.tabular import Column, Page, QueryError, QueryTimeout, read_page, read_ranked

from .errors import ValidationError
from .table import described, field_of, records
from .table_request import TableRequest

MOST_DISTINCT = 50_000


def search_table(table: Table, request: TableRequest) -> dict[str, Any]:
    """`datastore_search`'s result."""
    page, schema = _page(table.path, request), described(table.schema)
    ranks, columns, rows = request.ranks(), page.columns, page.rows
    if ranks and request.fields is not None:
        columns, rows = columns[: -len(ranks)], [row[: -len(ranks)] for row in rows]
    names = [column.name for column in columns]
    fields = [{"id": column.name, "type": "float"} if column.name in ranks else field_of(column, schema) for column in columns]
    found = {**request.echo, "fields": fields, "records": records(names, rows, request.form, columns), "_links": _links(request)}
    if request.include_total:
        found |= {"total": page.total, "total_was_estimated": False}
    if request.include_next_page and rows and not (request.sort or ranks) and "_id" in names:
        found["next_page"] = {"_id": {"gt": rows[-1][names.index("_id")]}}
    return found


def list_tables(request: TableRequest, names: list[str]) -> dict[str, Any]:
    """`_table_metadata`: every table there is, in CKAN's columns. Only paging is understood of the request."""
    columns = [Column("_id", "integer"), Column("name", "text"), Column("oid", "integer"), Column("alias_of", "text")]
    rows = [(number, name, number, None) for number, name in enumerate(names, 1)][request.offset :][: request.limit]
    fields = [field_of(column) for column in columns]
    shown = records([column.name for column in columns], rows, request.form, columns)
    found = {**request.echo, "fields": fields, "records": shown, "_links": _links(request)}
    return {**found, "total": len(names), "total_was_estimated": False} if request.include_total else found


def _page(path: Path, request: TableRequest) -> Page:
    limits: dict[str, Any] = (
        {"offset": 0, "limit": MOST_DISTINCT} if request.distinct else {"offset": request.offset, "limit": request.limit}
    )
    try:
        asked = {"columns": request.fields, "filters": request.all_filters(), "sort": request.sort, "search": request.search or None}
        ranks = request.ranks()
        page = read_ranked(path, ranks=ranks, **asked, **limits) if ranks else read_page(path, **asked, **limits)
    except QueryTimeout:
        raise ValidationError({"query": ["Search took too long"]}) from None
    except QueryError as error:
        raise _as_validation_error(error, request) from None
    return _distinct(page, request) if request.distinct else page


def _distinct(page: Page, request: TableRequest) -> Page:
    if page.total > MOST_DISTINCT:
        raise ValidationError({"distinct": [f"Only for up to {MOST_DISTINCT} rows: filter first"]})
    rows = list(dict.fromkeys(tuple(row) for row in page.rows))
    return Page(page.columns, rows[request.offset : request.offset + request.limit], len(rows), request.offset, request.limit)


def _as_validation_error(error: QueryError, request: TableRequest) -> ValidationError:
    if error.code == "unknown-column":
        name = error.field or ""
        if name in (request.fields or ()):
            return ValidationError({"fields": [f'invalid value "{name}"']})
        if name in (sorted_name for sorted_name, _descending in request.sort):
            return ValidationError({"sort": [f'invalid value "{name}"']})
        return ValidationError({"q" if name in request.words else "filters": [f"Unknown field: {name}"]})
    return ValidationError({"query": ["Too many words or conditions" if error.code == "too-long" else "Invalid query"]})


def _links(request: TableRequest) -> dict[str, str]:
    """What clients of CKAN 2.11 and older follow from page to page."""
    given = {"resource_id": request.resource_id, "limit": request.limit}
    start = f"/api/3/action/datastore_search?{urlencode(given)}"
    return {"start": start, "next": f"{start}&offset={request.offset + request.limit}"}


def columns_of(path: Path) -> tuple[list[Column], int]:
    """The table's columns (`_id` first) and number of rows."""
    page = read_page(path, limit=0)
    return list(page.columns), page.total
