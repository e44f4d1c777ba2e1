"""A resource's page: its table, filtered, sorted and paged by address, without a script."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.joins import code_columns
from datasets.models import Dataset, Resource
from datasets.selectors import NOBODY, dataset_for, visible_resources
from datasets.tabular import Column, Filter, QueryError, TabularError, column_statistics, read_page

from .columns import ColumnFact
from .explorer import conditions, controls, profiles
from .overview import Download, downloads, part_of
from .table_preview import Cell, Preview, preview, shown
from .table_question import TableQuestion, read_question

ROWS = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: `order` is ascending, descending or none (as in aria-sort), `query` sorts by it."""

    column: ColumnFact
    order: str
    query: str


def find_resource(name: str, resource: UUID) -> Resource:
    """A public resource at its dataset's name, or a former one; 404 where there is none."""
    try:
        dataset = dataset_for(NOBODY, name)
    except Dataset.DoesNotExist:
        raise Http404 from None
    found = get_object_or_404(visible_resources(), uuid=resource, dataset_id=dataset.pk)
    found.dataset = dataset
    return found


@require_safe
def resource_page(request: HttpRequest, name: str, resource: UUID) -> HttpResponse:
    """The table 50 rows at a time, with its downloads and columns; a file that is no table is described and offered."""
    found = find_resource(name, resource)
    if found.dataset.name != name:
        return HttpResponsePermanentRedirect(found.get_absolute_url())
    part = part_of(found)
    context = {
        "resource": found,
        "dataset": found.dataset,
        "part": part,
        "has_codes": bool(code_columns(found)),
        "site": settings.SITE_URL.rstrip("/"),
        "is_sample": found.dataset.is_sample,
        "noindex": bool(request.GET),
    }
    status = 200
    if part.is_table and found.current:
        question = read_question(request.GET, [Column(column.name, column.table_type) for column in part.columns])
        if any(not value for value in request.GET.values()) or (
            request.GET.getlist("col") and not question.columns and not question.unknown
        ):
            # A form sends its empty fields and every ticked column too; the address worth sharing is the one without them.
            return HttpResponseRedirect(f"{request.path}?{question.query}" if question.query else request.path)
        path = found.current.parquet_path
        table, statistics, record, holding = None, [], [], []
        errors: dict[str, str] = {}
        number = _number(request.GET, "row")
        try:
            if question.unknown:
                raise QueryError("unknown-column", question.unknown[0])
            table = _ask(found, part.columns, question, request.GET)
            statistics = column_statistics(path) if path else []
            record = _record(found, part.columns, number)
            holding = conditions(None if table.total else path, question, part.columns)
        except QueryError as error:
            errors, status = _errors(path, part.columns, question, error), 400
            holding = conditions(None, question, part.columns)
        except (OSError, TabularError):
            errors, status = {"": _("The table is being prepared. Try again in a few minutes; the original file can be downloaded.")}, 503
        first = _number(request.GET, "at") + 1
        context |= {
            "question": question,
            "table": table,
            "errors": errors,
            "controls": controls(path, part.columns, statistics, question) if path else [],
            "conditions": holding,
            "headings": [_heading(column, question) for column in (table.columns if table else ())],
            "profiles": profiles(part.columns, statistics),
            "record": record,
            "row_number": number,
            "first_row": first,
            "last_row": first + len(table.rows) - 1 if table else 0,
            "downloads": _filtered(downloads(found, question.query if table else ""), table, question),
        }
        if number and table and not record:
            status = 404
    return render(request, "datasets/resource.html", context, status=status)


def _ask(resource: Resource, columns: Sequence[ColumnFact], question: TableQuestion, parameters: QueryDict) -> Preview:
    if resource.current is None:
        raise FileNotFoundError
    row = _number(parameters, "row")
    # A row by its number stands first among its neighbours.
    paging = {"after": str(row - 1)} if row else {name: parameters[name] for name in ("after", "before") if parameters.get(name)}
    shown = [column for column in columns if not question.columns or column.name in question.columns]
    asked = TableQuestion() if row else question
    return preview(resource.current, shown, filters=asked.filters, sort=asked.sort, limit=ROWS, **paging)


def _number(parameters: QueryDict, name: str) -> int:
    text = parameters.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


def _record(resource: Resource, columns: Sequence[ColumnFact], number: int) -> list[tuple[ColumnFact, Cell]]:
    """Every cell of one row, whole."""
    path = resource.current.parquet_path if resource.current else None
    if path is None or not number:
        return []
    page = read_page(path, filters=[Filter("_id", "eq", number)], columns=[column.name for column in columns], limit=1)
    return [(column, shown(value, longest=50_000)) for column, value in zip(columns, page.rows[0], strict=True)] if page.rows else []


def _errors(path: Path | None, columns: Sequence[ColumnFact], question: TableQuestion, error: QueryError) -> dict[str, str]:
    """{id of a control of the form: what is wrong there}. Each condition is tried alone, so that all that is wrong is said at once."""
    numbers = {column.name: number for number, column in enumerate(columns, 1)}
    found: dict[str, str] = {}
    as_in_form = sorted(question.values, key=lambda one: (numbers[one.partition(".")[2]], one.startswith("max.")))
    for parameter in as_in_form if path and error.code == "bad-value" else ():
        kind, _dot, name = parameter.partition(".")
        alone = replace(question, values={parameter: question.values[parameter]})
        try:
            read_page(path, filters=alone.filters, limit=0)
        except QueryError as wrong:
            found[f"{kind}-{numbers[name]}" if kind in ("min", "max", "empty") else "filters"] = explain_question(wrong, alone)
    return found or {"": explain_question(error, question)}


def _filtered(found: list[Download], table: Preview | None, question: TableQuestion) -> list[Download]:
    """The exports know how many rows they will have; the original always has all of them."""
    if table is None or not question.values:
        return found
    return [replace(download, rows=table.total) if download.rows is not None else download for download in found]


def _heading(column: ColumnFact, question: TableQuestion) -> Heading:
    order = "none"
    if column.name in question.sort:
        order = "ascending"
    elif f"-{column.name}" in question.sort:
        order = "descending"
    return Heading(column, order, question.sorted_by(column.name))


def explain_question(error: QueryError, question: TableQuestion) -> str:
    """What is wrong with a filter, in words: what happened and what to do."""
    typed = [value for parameter, values in question.values.items() if parameter.partition(".")[2] == error.field for value in values]
    words = {"column": error.field or "", "value": "” “".join(typed)}
    if error.code == "unknown-column":
        return _("There is no column “%(column)s” in this table. Choose one from the list.") % words
    if error.code == "bad-value":
        return _("“%(value)s” does not fit the column “%(column)s”. Write a number like 12.5 or a date like 2026-11-23.") % words
    if error.code == "bad-paging":
        return _("This page of the table does not exist any more. Begin with the first one.")
    if error.code == "no-coordinates":
        return _("This table has no columns of longitude and latitude. Take CSV or JSON.")
    if error.code == "timeout":
        return _("The table took too long to answer. Use fewer conditions, or download it.")
    return _("This table cannot answer that question. Clear the filters and try again.")
