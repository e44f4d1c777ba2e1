"""Runs a datastore_search on a resource's Parquet table."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from datasets.selectors import Table
from datasets.tabular import Column, Page, QueryError, QueryTimeout, read_page

from .errors import ValidationError
from .table import described, field_of, records
from .table_request import TableRequest

MOST_DISTINCT = 50_000


def search_table(table: Table, request: TableRequest) -> dict[str, Any]:
    """`datastore_search`'s result."""
    page, schema = _page(table.path, request), described(table.schema)
    names = [column.name for column in page.columns]
    fields = [field_of(column, schema) for column in page.columns]
    rows = page.rows
    if request.fields is None:
        for name in _ranks(request):
            # Every row holds every word: none is better than another, and they stay in their order.
            names.append(name)
            fields.append({"id": name, "type": "float"})
            rows = [(*row, 1.0) for row in rows]
    found = {**request.echo, "fields": fields, "records": records(names, rows, request.form, page.columns), "_links": _links(request)}
    if request.include_total:
        found |= {"total": page.total, "total_was_estimated": False}
    if request.include_next_page and rows and not request.sort and "_id" in names:
        found["next_page"] = {"_id": {"gt": rows[-1][names.index("_id")]}}
    return found


def _page(path: Path, request: TableRequest) -> Page:
    filters = request.all_filters()
    limits = {"offset": 0, "limit": MOST_DISTINCT} if request.distinct else {"offset": request.offset, "limit": request.limit}
    try:
        page = read_page(path, columns=request.fields, filters=filters, sort=request.sort, search=request.search or None, **limits)
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
    return ValidationError({"query": ["Invalid query"]})


def _ranks(request: TableRequest) -> list[str]:
    if request.words:
        return [f"rank {name}" for name in request.words]
    return ["rank"] if request.search else []


def _links(request: TableRequest) -> dict[str, str]:
    """What clients of CKAN 2.11 and older follow from page to page."""
    given = {"resource_id": request.resource_id, "limit": request.limit}
    start = f"/api/3/action/datastore_search?{urlencode(given)}"
    return {"start": start, "next": f"{start}&offset={request.offset + request.limit}"}


def columns_of(path: Path) -> tuple[list[Column], int]:
    """The table's columns (`_id` first) and number of rows."""
    page = read_page(path, limit=0)
    return list(page.columns), page.total
