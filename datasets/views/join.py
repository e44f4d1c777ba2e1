"""A table beside another one, matched by the code of the place; what became of the codes is said first."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.joins import Joined, NotJoinable, Side, as_parquet, code_columns, join, joinable, side
from datasets.models import Resource
from datasets.selectors import NOBODY, as_uuid, visible_resources
from datasets.tabular.exporting import stream_export
from datasets.tabular.joining import UNIT_CODE

from .attachments import PUBLIC, harden
from .columns import ColumnFact, column_facts
from .exports import FORMATS, export_name, find_readable, marked
from .resource import find_resource
from .table_preview import Preview, shown

ROWS = 50
NOBODYS = "-"  # in the address: the units themselves instead of a table


@require_safe
def join_page(request: HttpRequest, name: str, resource: UUID) -> HttpResponse:
    """Without `with`: what the table can be joined with. 400 with a sentence where it cannot."""
    found = find_resource(name, resource)
    columns = code_columns(found)
    if not columns:
        raise Http404
    joined, asked = None, request.GET.get("with", "")
    errors: dict[str, str] = {}
    if asked:
        try:
            joined = join(*_sides(found, request, NOBODY))
        except NotJoinable as error:
            errors["column" if error.code == "unknown-column" and len(columns) > 1 else "with"] = explain(error)
    context = {
        "resource": found,
        "dataset": found.dataset,
        "is_sample": found.dataset.is_sample or bool(joined and joined.right and joined.right.resource.dataset.is_sample),
        "noindex": bool(request.GET),
        "columns": [fact for fact in column_facts(found.current.schema) if fact.name in columns],
        "others": joinable(NOBODY, besides=found),
        "asked": asked,
        "chosen": request.GET.get("column", ""),
        "errors": errors,
        "joined": joined,
        "table": _preview(joined) if joined else None,
        "shown_rows": ROWS,
        "query": urlencode({key: value for key in ("column", "with", "with_column") if (value := request.GET.get(key))}),
    }
    return render(request, "datasets/join.html", context, status=400 if errors else 200)


@require_safe
def join_export(request: HttpRequest, resource: UUID, extension: str) -> HttpResponseBase:
    """The whole joined table, streamed."""
    found, cache_control = find_readable(request, resource)
    try:
        joined = join(*_sides(found, request, NOBODY if cache_control == PUBLIC else request.user))
    except NotJoinable as error:
        return HttpResponse(explain(error), status=400, content_type="text/plain; charset=utf-8")
    response = StreamingHttpResponse(marked(_written(joined, extension), extension), content_type=FORMATS[extension])
    harden(response, filename=export_name(found, joined.left.version, extension, filtered=True))
    response["X-Row-Count"] = str(joined.found.frame.height)
    response["Cache-Control"] = cache_control
    return response


def explain(error: NotJoinable) -> str:
    """What cannot be joined, in words."""
    return {
        "no-code-column": _("One of the tables has no column of administrative codes. Its publisher can declare one."),
        "unknown-column": _("This column holds no administrative codes. Choose one from the list."),
        "too-many-rows": _("These tables are too large to be joined here. Ask in SQL for the rows you need, or download both."),
    }[error.code]


def _sides(resource: Resource, request: HttpRequest, user: Any) -> tuple[Side, Side | None]:
    left, wanted = side(resource, request.GET.get("column", "")), request.GET.get("with", NOBODYS)
    return left, None if wanted == NOBODYS else other_side(user, wanted, request.GET.get("with_column", ""))


def other_side(user: Any, wanted: str, column: str) -> Side:
    """The table of that id, if the user sees it. NotJoinable."""
    uuid = as_uuid(wanted)
    other = visible_resources(user).filter(uuid=uuid).first() if uuid else None
    if other is None:
        raise NotJoinable("no-code-column")
    return side(other, column)


def _written(joined: Joined, extension: str) -> Iterator[bytes]:
    with as_parquet(joined) as path:
        yield from stream_export(path, extension)


def _preview(joined: Joined) -> Preview:
    frame = joined.found.frame.drop("_id", strict=False)
    columns = _facts(joined, frame.columns)
    rows = [[shown(value) for value in row] for row in frame.head(ROWS).iter_rows()]
    return Preview(columns, rows, frame.height)


def _facts(joined: Joined, names: Sequence[str]) -> list[ColumnFact]:
    facts = {fact.name: fact for fact in column_facts(joined.right.version.schema)} if joined.right else {}
    facts |= {fact.name: fact for fact in column_facts(joined.left.version.schema)}
    ours = {
        UNIT_CODE: _("Code today"),
        "name_km": _("Name in Khmer"),
        "name_latin": _("Name in Latin letters"),
        "parent_code": _("Code of the unit above"),
    }
    found: list[ColumnFact] = []
    for name in names:
        fact = facts.get(name) or facts.get(name.removesuffix("_right"))
        fact = fact or ColumnFact(name, "string", "", ours.get(name, ""), "", "", "", (), ())
        if any(fact.title == other.title for other in found):
            fact = replace(fact, label=_("%(column)s in the other table") % {"column": fact.title}, label_language="")
        found.append(fact)
    return found
