"""A validation report for people: first one sentence, then the rows that are wrong, what was expected and how to mend them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from datasets.error_words import ErrorWords, in_words, kind_of_error
from datasets.models import Version
from datasets.report_sentence import sentence
from datasets.selectors import visible_resources, visible_versions

from .attachments import content_disposition
from .columns import column_facts
from .resource import find_resource
from .speech import voice_of

IN_FULL = 20
NEIGHBOURS = 3  # cells shown on each side of the wrong one


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell of the row an error is in."""

    column: str
    text: str
    wrong: bool
    language: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One error: its words, where it is, and its row as it stands in the file."""

    words: ErrorWords
    row: int | None
    column: str
    cell: str
    cells: Sequence[RowCell]
    cut: bool

    @property
    def is_marked(self) -> bool:
        """Whether the wrong cell is among those shown, with what was expected beside it."""
        return any(cell.wrong for cell in self.cells)


@require_safe
def report_page(request: HttpRequest, name: str, resource: UUID) -> HttpResponse:
    """The report of the current version; 404 where the resource has no table."""
    found = find_resource(name, resource)
    if found.dataset.name != name:
        return HttpResponsePermanentRedirect(found.get_absolute_url() + "report/")
    version = found.current
    if version is None or not version.report:
        raise Http404
    titles = {column.name: column.title for column in column_facts(version.schema)}
    errors = errors_of(version.report)
    labels = _labels(version.report) or list(titles)
    context = {
        "dataset": found.dataset,
        "resource": found,
        "version": version,
        "is_sample": found.dataset.is_sample,
        "sentence": sentence(version, errors),
        "findings": [_finding(error, labels, titles) for error in errors[:IN_FULL]],
        "rest": [_finding(error, labels, titles) for error in errors[IN_FULL:]],
        "kinds": [(kind_of_error(code), count) for code, count in _totals(version.report, errors).items()],
        "listed": len(errors),
        "unlisted": max(0, version.error_count - len(errors)),
    }
    return render(request, "datasets/report.html", context)


@require_safe
def report_json(request: HttpRequest, version: UUID) -> HttpResponse:
    """The report of a published version as frictionless writes it, for programs."""
    found = get_object_or_404(Version.objects.select_related("resource__dataset"), uuid=version, published__isnull=False)
    if (
        not visible_resources().filter(pk=found.resource_id).exists()
        or not visible_versions(None, found.resource).filter(pk=found.pk).exists()
    ):
        raise Http404
    if not found.report:
        raise Http404
    response = JsonResponse(found.report, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = content_disposition(f"{found.filename}.report.json")
    patch_cache_control(response, public=True, max_age=86400)
    return response


def errors_of(report: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The listed errors of a report, those of the whole file first."""
    found = list(report.get("errors") or [])
    for task in report.get("tasks") or []:
        found += task.get("errors") or []
    return found


def _labels(report: Mapping[str, Any]) -> list[str]:
    for task in report.get("tasks") or []:
        if task.get("labels"):
            return [str(label) for label in task["labels"]]
    return []


def _totals(report: Mapping[str, Any], errors: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    totals = dict(report.get("totals") or {})
    if not totals:
        for error in errors:
            totals[error.get("type", "error")] = totals.get(error.get("type", "error"), 0) + 1
    return dict(sorted(totals.items(), key=lambda item: -item[1]))


def _finding(error: Mapping[str, Any], labels: Sequence[str], titles: Mapping[str, str]) -> Finding:
    words = in_words(error)
    number = error.get("fieldNumber")
    cells = [str(cell) if cell is not None else "" for cell in error.get("cells") or []]
    first = max(0, number - 1 - NEIGHBOURS) if number else 0
    window = cells[first : first + 2 * NEIGHBOURS + 1]
    shown = [
        RowCell(titles.get(name, name), text[:120], first + index + 1 == number, voice_of(text))
        for index, text in enumerate(window)
        for name in [labels[first + index] if first + index < len(labels) else str(first + index + 1)]
    ]
    column = str(error.get("fieldName") or error.get("label") or "")
    return Finding(words, words.row, titles.get(column, column), str(error.get("cell") or "")[:120], shown, len(cells) > len(window))
