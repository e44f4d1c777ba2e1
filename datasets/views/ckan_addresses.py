"""CKAN's addresses, which have no language: they lead to the same thing in the reader's."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from datasets.models import Dataset, Group, Organization
from datasets.selectors import NOBODY, as_uuid, dataset_for, visible_resources

from .downloads import signed_in

SYNTAXES = {"text/turtle": "ttl", "application/ld+json": "jsonld", "application/rdf+xml": "xml"}


def wanted_syntax(request: HttpRequest) -> str | None:
    """The ending of the description a program asks for through `Accept`; None for people and for who takes anything."""
    return SYNTAXES.get(request.get_preferred_type(["text/html", *SYNTAXES]) or "")


def _lead_to(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"{path}?{query}" if query else path)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def public_dataset(id_or_name: str) -> Dataset:
    """The published dataset of this uuid, name or former name; 404 where there is none."""
    try:
        return dataset_for(NOBODY, id_or_name)
    except Dataset.DoesNotExist:
        raise Http404 from None


@require_safe
def dataset_list(request: HttpRequest) -> HttpResponse:
    """`/dataset`"""
    return _lead_to(request, f"/{request.LANGUAGE_CODE}/dataset/")  # type: ignore[attr-defined]


@require_safe
def dataset(request: HttpRequest, id_or_name: str) -> HttpResponse:
    """`/dataset/<name or uuid>`: the page; the description for a program that asks for one (`Accept: text/turtle`)."""
    found = public_dataset(id_or_name)
    ending = wanted_syntax(request)
    response = _lead_to(request, f"/dataset/{found.name}.{ending}" if ending else found.get_absolute_url())
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def resource(request: HttpRequest, id_or_name: str, resource: UUID) -> HttpResponse:
    """`/dataset/<name or uuid>/resource/<uuid>`"""
    found = get_object_or_404(visible_resources(), uuid=resource, dataset=public_dataset(id_or_name))
    return _lead_to(request, found.get_absolute_url())


@require_safe
def download(request: HttpRequest, name: str, resource: UUID, filename: str) -> HttpResponse:
    """`/dataset/<name>/resource/<uuid>/download/<filename>`, as links to a CKAN are often written: the address by ids has the file."""
    found = get_object_or_404(visible_resources(signed_in(request)).select_related("dataset"), uuid=resource, dataset__name=name)
    return HttpResponseRedirect(reverse("downloads:original", args=[found.dataset.uuid, resource, filename]))


@require_safe
def collection(request: HttpRequest, id_or_name: str, model: type[Organization] | type[Group]) -> HttpResponse:
    """`/organization/<name or uuid>`, `/group/<name or uuid>`"""
    key = as_uuid(id_or_name)
    found = get_object_or_404(model, uuid=key) if key else get_object_or_404(model, name=id_or_name)
    return _lead_to(request, found.get_absolute_url())
