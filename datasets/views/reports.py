"""A validation report for people: first one sentence, then the rows that are wrong, what was expected and how to mend them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from datasets.reports import errors_of, findings, kinds, sentence

from .attachments import content_disposition
from .columns import column_facts
from .resource import find_resource
from .versions import find_version

IN_FULL = 20


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
    errors = errors_of(version)
    found_errors = findings(version, errors, titles)
    context = {
        "dataset": found.dataset,
        "resource": found,
        "version": version,
        "is_sample": found.dataset.is_sample,
        "sentence": sentence(version, errors),
        "findings": found_errors[:IN_FULL],
        "rest": found_errors[IN_FULL:],
        "kinds": kinds(version),
        "listed": len(errors),
        "unlisted": max(0, version.error_count - len(errors)),
    }
    return render(request, "datasets/report.html", context)


@require_safe
def report_json(request: HttpRequest, version: UUID) -> HttpResponse:
    """The report of a published version as frictionless writes it, for programs."""
    found = find_version(version)
    if not found.report:
        raise Http404
    response = JsonResponse(found.report, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = content_disposition(f"{found.filename}.report.json")
    patch_cache_control(response, public=True, max_age=86400)
    return response
