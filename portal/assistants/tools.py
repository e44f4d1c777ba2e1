"""What an assistant may ask. Every answer is bounded and says where it comes from, under which licence, and where to check it."""

import functools
import re
from collections.abc import Callable
from typing import Any, Literal

from asgiref.sync import sync_to_async
from django.conf import settings
from django.http import Http404
from django.utils.html import strip_tags
from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations

from datasets.api.rows import OPERATORS, json_row
from datasets.models import Dataset, Resource, Version
from datasets.selectors import NOBODY, as_uuid, dataset_for, visible_datasets, visible_resources, with_resources
from datasets.sql_answers import ask, in_words
from datasets.standards.facts import absolute, file_address, first, identifier, page_address, texts
from datasets.tabular import Filter, QueryError, TableLost, read_page
from datasets.tabular.sql import SqlError
from pages.search_sources import body_text
from pages.selectors.addresses import path_of
from pages.selectors.locating import page_at
from search.query import Query, SearchUnavailable
from search.selectors import search as find

Language = Literal["km", "en", "zh-hans"]
MOST_HITS, MOST_ROWS, MOST_TEXT, MOST_CELL = 20, 100, 20_000, 400
TOOLS: list[Callable[..., Any]] = []


def tool(function: Callable[..., Any]) -> Callable[..., Any]:
    """Offer `function`: its name, signature and docstring are what assistants see. It runs on the request's own thread and connection."""

    @functools.wraps(function)
    async def on_the_request(**arguments: Any) -> Any:
        try:
            return await sync_to_async(function)(**arguments)
        except TableLost:
            raise ToolError("The table is being prepared. Try again in a few minutes.") from None

    TOOLS.append(on_the_request)
    return function


@functools.cache
def server() -> MCPServer:
    """The protocol's server with the tools of this module."""
    made = MCPServer(
        name="sihanoukville-for-all",
        title="Sihanoukville for All",
        instructions="Guides on rights and services, and validated open data, of Sihanoukville, Cambodia. Khmer is the source language. "
        "Quote the link and the licence of what you use; say so where is_sample is true: such content is not real advice or real data.",
        website_url=absolute("/"),
        log_level="WARNING",
    )
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for function in TOOLS:
        made.add_tool(function, annotations=hints, structured_output=False)
    return made


@tool
def search(
    words: str, language: Language = "km", kind: Literal["", "page", "dataset", "resource", "place"] = "", limit: int = 10
) -> dict[str, Any]:
    """Find guides, datasets, files and places. Words in Khmer (with or without spaces), English or Chinese. At most 20 results."""
    try:
        filters = {"kind": [kind]} if kind else {}
        found = find(Query(text=words[:200], language=language, filters=filters, limit=max(1, min(limit, MOST_HITS))))
    except SearchUnavailable:
        raise ToolError("The search does not answer now. Try again in a minute.") from None
    results = [
        {
            "kind": hit.kind,
            "title": hit.title,
            "excerpt": strip_tags(hit.excerpt_html),
            "languages": list(hit.languages),
            "url": absolute(hit.url),
            "name": hit.extra.get("name", ""),
            "uuid": hit.extra.get("uuid", ""),
            "is_sample": bool(hit.extra.get("is_sample")),
        }
        for hit in found.hits
    ]
    return {"total": found.total, "only_some_of_the_words": found.relaxed, "results": results}


@tool
def guide(path: str) -> dict[str, Any]:
    """Read a guide or another page as plain text, by the path or address that `search` gave; it begins with /km/, /en/ or /zh-hans/."""
    wanted = path.removeprefix(settings.SITE_URL.rstrip("/"))
    try:
        page, _language = page_at(wanted)
    except Http404:
        raise ToolError(
            f"There is no page at {wanted!r}. Use a path from the search, such as /km/land-and-housing/eviction-notice/."
        ) from None
    text = body_text(page)
    return {
        "title": page.title,
        "summary": page.summary,
        "language": page.locale.language_code,
        "text": text[:MOST_TEXT],
        "truncated": len(text) > MOST_TEXT,
        "changed": page.last_published_at.isoformat() if page.last_published_at else None,
        "signed_by": page.reviewed_by or None,
        "is_sample": page.is_sample,
        "source": "Sihanoukville for All",
        "url": absolute(path_of(page, page.locale.language_code)),
    }


@tool
def dataset(name: str) -> dict[str, Any]:
    """Describe a dataset, by its name or uuid: what it is, who made it, its licence, its files."""
    found = _dataset(name)
    return _provenance(found) | {
        "title": texts(found, "title"),
        "summary": texts(found, "summary"),
        "description": first(texts(found, "notes"))[:MOST_TEXT],
        "covers": [str(found.coverage_start or ""), str(found.coverage_end or "")],
        "place": first(texts(found, "spatial_text")),
        "update_frequency": found.update_frequency,
        "resources": [_resource_line(resource) for resource in found.offered_resources],  # type: ignore[attr-defined]
    }


@tool
def schema(resource: str) -> dict[str, Any]:
    """The columns of a table, by the uuid of its resource: names, types, labels in three languages, rules."""
    found, version = _table(resource)
    fields = version.schema.get("fields", [])
    return _provenance(found.dataset) | _resource_line(found) | {"columns": fields[:200], "primary_key": version.schema.get("primaryKey")}


@tool
def rows(
    resource: str,
    columns: list[str] | None = None,
    filters: list[dict[str, str]] | None = None,
    sort: list[str] | None = None,
    offset: int = 0,
    limit: int = 20,
) -> dict[str, Any]:
    """Rows of a table. `filters`: [{"column": "name", "operator": "contains", "value": "ភូមិ"}], operators eq, ne, lt, lte, gt, gte, in
    (values with commas between), contains, is_empty; all must hold. `sort`: column names, "-name" descends. At most 100 rows at a time."""
    found, version = _table(resource)
    path = version.parquet_path
    if path is None:
        raise Http404
    asked = [_filter(**one) for one in filters or []]
    try:
        page = read_page(path, columns=columns, filters=asked, sort=sort or [], offset=max(0, offset), limit=max(1, min(limit, MOST_ROWS)))
    except QueryError as error:
        names = ", ".join(str(field["name"]) for field in version.schema.get("fields", []))
        raise ToolError(f"{error.code}: {error.field or ''}. Columns: {names}. Operators: {', '.join(OPERATORS)}.") from None
    names = [column.name for column in page.columns]
    shown = [{key: _short(value) for key, value in json_row(names, row).items()} for row in page.rows]
    return _provenance(found.dataset) | {"resource": str(found.uuid), "total": page.total, "offset": offset, "rows": shown}


@tool
def query(sql: str) -> dict[str, Any]:
    """Ask public tables in SQL: one SELECT in PostgreSQL's dialect; a table is the uuid of a resource in double quotes. At most 100 rows.

    Give the links of the datasets you asked with what you tell from the answer (`dataset` and `schema` have them)."""
    try:
        answer = ask(NOBODY, sql, rows=MOST_ROWS)
    except SqlError as error:
        raise ToolError(in_words(error)) from None
    names = [name for name, _type in answer.columns]
    rows = [{name: _short(value) for name, value in zip(names, row, strict=True)} for row in answer.rows]
    uuids = {key for word in re.findall(r'"([0-9a-f-]{36})"', sql) if (key := as_uuid(word))}
    sources = [_provenance(found.dataset) for found in visible_resources().select_related("dataset__licence").filter(uuid__in=uuids)]
    return {"rows": rows, "truncated": answer.truncated, "sources": sources}


def _filter(column: str = "", operator: str = "eq", value: str = "", **_more: str) -> Filter:
    return Filter(column, operator, value.split(",") if operator == "in" else value)  # type: ignore[arg-type]


def _dataset(name: str) -> Dataset:
    try:
        return with_resources(visible_datasets(NOBODY)).get(pk=dataset_for(NOBODY, name).pk)
    except Dataset.DoesNotExist:
        raise ToolError(f"There is no public dataset {name!r}. Use `search` with kind dataset.") from None


def _table(uuid: str) -> tuple[Resource, Version]:
    key = as_uuid(uuid)
    found = visible_resources().select_related("dataset__licence").filter(uuid=key).first() if key else None
    if found is None or found.current is None or not found.current.is_table:
        raise ToolError(f"{uuid!r} is not the uuid of a table. `dataset` lists the resources of a dataset.")
    return found, found.current


def _provenance(dataset: Dataset) -> dict[str, Any]:
    licence = dataset.licence
    return {
        "name": dataset.name,
        "publisher": first(texts(dataset.organization, "title"), dataset.organization.name),
        "source": dataset.source_name or first(texts(dataset.organization, "title"), dataset.organization.name),
        "source_url": dataset.source_url,
        "licence": licence.code if licence else "notspecified",
        "licence_url": licence.url if licence else "",
        "modified": dataset.modified.isoformat(),
        "is_sample": dataset.is_sample,
        "identifier": identifier(dataset),
        "url": page_address(dataset),
    }


def _resource_line(resource: Resource) -> dict[str, Any]:
    version = resource.current
    return {
        "resource": str(resource.uuid),
        "title": texts(resource, "name"),
        "format": resource.format,
        "is_table": bool(version and version.is_table),
        "rows": version.row_count if version else None,
        "errors": version.error_count if version else None,
        "download": file_address(resource),
    }


def _short(value: Any) -> Any:
    return value[: MOST_CELL - 1] + "…" if isinstance(value, str) and len(value) > MOST_CELL else value
