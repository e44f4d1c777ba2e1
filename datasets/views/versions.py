"""A version's page, which stays for ever, and what changed since another one."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from datasets.models import Version
from datasets.selectors import NOBODY, published_before, version_for
from datasets.version_changes import NotComparable, changes_between, version_to_compare

from .addresses import version_path
from .columns import TYPES, column_facts
from .table_preview import Cell, shown


def find_version(uuid: UUID) -> Version:
    """A published version that the public may see; 404 where there is none."""
    try:
        version = version_for(NOBODY, uuid)
    except Version.DoesNotExist:
        raise Http404 from None
    return version


@require_safe
def version_page(request: HttpRequest, version: UUID) -> HttpResponse:
    """Number, date, checksum, size, state, columns, what changed and how it was made; whether there is a newer one."""
    found = find_version(version)
    newest = found.resource.current
    context = _context(found) | {
        "newer": newest if newest and newest.number > found.number else None,
        "before": published_before(found),
        "columns": column_facts(found.schema) if found.is_table else [],
        "download": version_path(found),
    }
    return render(request, "datasets/version.html", context)


@require_safe
def changes_page(request: HttpRequest, version: UUID) -> HttpResponse:
    """Rows and columns that differ from the version `from`, or from the one published before."""
    found, status = find_version(version), 200
    context = _context(found) | {"others": found.resource.versions.filter(published__isnull=False).exclude(pk=found.pk)}
    try:
        changes = changes_between(version_to_compare(found, request.GET.get("from", "")), found)
        context |= {"changes": changes, "schema": [_in_words(change) for change in changes.schema], "tables": _tables(changes.rows)}
    except NotComparable as error:
        if request.GET.get("from"):
            context["errors"], status = {"": str(error)}, 400
        else:
            context["problem"] = str(error)
    return render(request, "datasets/changes.html", context | {"noindex": True}, status=status)


def _context(version: Version) -> dict[str, Any]:
    resource = version.resource
    return {"version": version, "resource": resource, "dataset": resource.dataset, "is_sample": resource.dataset.is_sample}


def _in_words(change: Any) -> tuple[str, str, str, str]:
    """(kind, column, before, after), types by their names."""
    if change.kind == "label":
        return change.kind, change.column, change.before, change.after
    return change.kind, change.column, *(str(TYPES.get(kind, kind)) for kind in (change.before, change.after))


def _tables(rows: Any) -> dict[str, Any]:
    """Cells ready to be shown: `added` and `removed` rows, `changed` rows as (key, [(column, before, after)])."""
    if rows is None:
        return {}

    def cells(found: Any) -> list[list[Cell]]:
        return [[shown(value) for value in row] for row in found]

    changed = [
        (" · ".join(shown(part).text for part in row.key), [(name, shown(old), shown(new)) for name, old, new in row.cells])
        for row in rows.changed_rows
    ]
    return {"added": cells(rows.added_rows), "removed": cells(rows.removed_rows), "changed": changed}
