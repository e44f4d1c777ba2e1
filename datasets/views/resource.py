"""A resource's page: its table, filtered, sorted and paged by address, without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Dataset, Resource
from datasets.selectors import NOBODY, dataset_for, visible_resources
from datasets.tabular import Column, QueryError

from .columns import ColumnFact
from .overview import Download, downloads, part_of
from .paging import page_number, page_of
from .table_preview import Preview, preview
from .table_question import RANGED, TableQuestion, read_question

ROWS = 50
CHOICES = 30


@dataclass(frozen=True, slots=True)
class Control:
    """The filter of one column in the form. `kind`: range, choice or text; `values`: what was typed, by operator."""

    column: ColumnFact
    kind: str
    has: str = ""
    equal: str = ""
    least: str = ""
    most: str = ""
    choices: Sequence[str] = ()
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition that holds, as words, with the address without it."""

    text: str
    query_without: str


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
        "is_sample": found.dataset.is_sample,
        "noindex": bool(request.GET),
    }
    status = 200
    if part.is_table and found.current:
        question = read_question(request.GET, [Column(column.name, column.table_type) for column in part.columns])
        number = page_number(request.GET)
        if any(not value for value in request.GET.values()):
            # A form sends its empty fields too; the address worth sharing is the one without them.
            return HttpResponseRedirect(f"{request.path}?{question.query}" if question.query else request.path)
        problem, wrong, table = "", "", None
        try:
            if question.unknown:
                raise QueryError("unknown-column", question.unknown[0])
            table = _ask(found, part.columns, question, number)
            if table.total and not table.rows:
                number = page_of(table.total, number, ROWS).number
                table = _ask(found, part.columns, question, number)
        except QueryError as error:
            problem, wrong, status = explain_question(error, question), error.field or "", 400
        except OSError:
            problem, status = _("The table is being prepared. Try again in a few minutes; the original file can be downloaded."), 503
        context |= {
            "question": question,
            "table": table,
            "problem": problem,
            "controls": [_control(column, question, wrong) for column in part.columns],
            "conditions": _conditions(question, part.columns),
            "headings": [_heading(column, question) for column in (table.columns if table else ())],
            "page_obj": page_of(table.total if table else 0, number, ROWS),
            "first_row": table.offset + 1 if table else 0,
            "last_row": table.offset + len(table.rows) if table else 0,
            "downloads": _filtered(downloads(found, question.query if table else ""), table, question),
        }
    return render(request, "datasets/resource.html", context, status=status)


def _ask(resource: Resource, columns: Sequence[ColumnFact], question: TableQuestion, number: int) -> Preview:
    if resource.current is None:
        raise FileNotFoundError
    offset = (number - 1) * ROWS
    return preview(resource.current, columns, filters=question.filters, sort=question.sort, offset=offset, limit=ROWS)


def _filtered(found: list[Download], table: Preview | None, question: TableQuestion) -> list[Download]:
    """The exports know how many rows they will have; the original always has all of them."""
    if table is None or not question.filters:
        return found
    return [replace(download, rows=table.total) if download.rows is not None else download for download in found]


def _control(column: ColumnFact, question: TableQuestion, wrong: str) -> Control:
    kind = "range" if column.table_type in RANGED else "choice" if 0 < len(column.choices) <= CHOICES else "text"
    choices = column.choices
    if column.type == "boolean":
        kind, choices = "choice", ("true", "false")
    value = question.values.get
    return Control(
        column,
        kind,
        has=value(f"has.{column.name}", ""),
        equal=value(f"is.{column.name}", ""),
        least=value(f"min.{column.name}", ""),
        most=value(f"max.{column.name}", ""),
        choices=choices,
        wrong=bool(wrong) and wrong == column.name,
    )


def _conditions(question: TableQuestion, columns: Sequence[ColumnFact]) -> list[Condition]:
    titles = {column.name: column.title for column in columns}
    found = []
    for parameter, value in question.values.items():
        operator, _dot, name = parameter.partition(".")
        words = {"column": titles.get(name, name), "value": value}
        phrase = {
            "has": _("%(column)s contains “%(value)s”"),
            "is": _("%(column)s is “%(value)s”"),
            "min": _("%(column)s is at least %(value)s"),
            "max": _("%(column)s is at most %(value)s"),
        }[operator]
        found.append(Condition(phrase % words, question.without(parameter)))
    return found


def _heading(column: ColumnFact, question: TableQuestion) -> Heading:
    order = "none"
    if column.name in question.sort:
        order = "ascending"
    elif f"-{column.name}" in question.sort:
        order = "descending"
    return Heading(column, order, question.sorted_by(column.name))


def explain_question(error: QueryError, question: TableQuestion) -> str:
    """What is wrong with a filter, in words: what happened and what to do."""
    typed = [value for parameter, value in question.values.items() if parameter.partition(".")[2] == error.field]
    words = {"column": error.field or "", "value": "” “".join(typed)}
    if error.code == "unknown-column":
        return _("There is no column “%(column)s” in this table. Choose one from the list.") % words
    if error.code == "bad-value":
        return _("“%(value)s” does not fit the column “%(column)s”. Write a number like 12.5 or a date like 2026-11-23.") % words
    if error.code == "timeout":
        return _("The table took too long to answer. Use fewer conditions, or download it.")
    return _("This table cannot answer that question. Clear the filters and try again.")
