"""Descriptions for programs: `/catalog.<ending>` for the whole catalogue, `/dataset/<name>.<ending>` for one dataset."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.models import Dataset, Group, Organization
from datasets.selectors import NOBODY, visible_datasets, with_resources
from datasets.standards.croissant import as_croissant
from datasets.standards.data_package import as_data_package
from datasets.standards.facts import UNWRITABLE, absolute, identifier, metadata_address, tag_of
from datasets.standards.references import as_bibtex, as_csl, as_ris

from .attachments import PUBLIC
from .ckan_addresses import public_dataset, wanted_syntax

PER_PAGE = 100
# ending -> (media type, rdflib's name of the syntax)
SYNTAXES = {
    "ttl": ("text/turtle", "turtle"),
    "jsonld": ("application/ld+json", "json-ld"),
    "xml": ("application/rdf+xml", "pretty-xml"),
    "rdf": ("application/rdf+xml", "pretty-xml"),
}
ALTERNATES = (
    ("ttl", "text/turtle"),
    ("jsonld", "application/ld+json"),
    ("xml", "application/rdf+xml"),
    ("datapackage.json", "application/vnd.datapackage+json"),
    ("croissant.json", 'application/ld+json; profile="http://mlcommons.org/croissant/1.0"'),
    ("atom", "application/atom+xml"),
)


WRITERS: dict[str, tuple[str, Callable[[Dataset], Any]]] = {
    "datapackage.json": ("application/vnd.datapackage+json", as_data_package),
    "croissant.json": ("application/ld+json", as_croissant),
    "bib": ("application/x-bibtex", as_bibtex),
    "ris": ("application/x-research-info-systems", as_ris),
    "csl.json": ("application/vnd.citationstyles.csl+json", as_csl),
}
SPOKEN = frozenset({"bib", "ris", "csl.json"})  # written in the reader's language


@require_safe
def description(request: HttpRequest, id_or_name: str, ending: str) -> HttpResponse:
    """One dataset: DCAT-AP as Turtle, JSON-LD or XML, a data package, Croissant, BibTeX, RIS, CSL-JSON."""
    dataset = with_resources(visible_datasets(NOBODY), NOBODY).get(pk=public_dataset(id_or_name).pk)
    if dataset.name != id_or_name:
        return HttpResponseRedirect(metadata_address(dataset, ending))
    if ending in WRITERS:
        media_type, write = WRITERS[ending]
        written = write(dataset)
        body = written if isinstance(written, str) else json.dumps(written, ensure_ascii=False, indent=1)
    else:
        from datasets.standards.dcat import dataset_graph

        media_type, syntax = SYNTAXES[ending]
        body = dataset_graph(dataset).serialize(format=syntax)
    response = _answer(request, body, media_type, hashlib.sha256(body.encode()).hexdigest()[:32])
    if ending in SPOKEN:
        patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def catalogue(request: HttpRequest, ending: str = "") -> HttpResponse:
    """The whole catalogue in DCAT-AP, a hundred datasets a page (`?page=2`); the next page is linked in the data and in `Link`."""
    if not ending:
        response: HttpResponse = HttpResponseRedirect(f"/catalog.{wanted_syntax(request) or 'ttl'}")
        patch_vary_headers(response, ["Accept"])
        return response
    number = request.GET.get("page", "1")
    datasets = with_resources(visible_datasets(NOBODY), NOBODY).order_by("pk")
    pages = Paginator(datasets, PER_PAGE)
    if not number.isdecimal() or not 1 <= int(number) <= pages.num_pages:
        raise Http404
    newest = datasets.aggregate(Max("modified")), Organization.objects.aggregate(Max("modified")), Group.objects.aggregate(Max("modified"))
    asked = f"{pages.count} {number} {ending} {newest}"
    etag = hashlib.sha256(asked.encode()).hexdigest()[:32]
    unchanged = get_conditional_response(request, etag=f'"{etag}"')
    if unchanged is not None:
        return unchanged  # type: ignore[return-value]
    from datasets.standards.dcat import catalogue_graph

    media_type, syntax = SYNTAXES[ending]
    address = absolute(f"/catalog.{ending}")
    graph = catalogue_graph(
        list(pages.page(int(number)).object_list),
        title=_in_every_language(lambda: _("Sihanoukville for All")),
        description=_in_every_language(lambda: _("Rights, services and open data for the people of Sihanoukville.")),
        page=int(number),
        pages=pages.num_pages,
        total=pages.count,
        address=address,
    )
    response = _answer(request, graph.serialize(format=syntax), media_type, etag)
    if int(number) < pages.num_pages:
        response["Link"] = f'<{address}?page={int(number) + 1}>; rel="next"'
    return response


def link_header(dataset: Dataset) -> str:
    """`Link` of a dataset's page (RFC 8288): its permanent address, its terms, its descriptions."""
    links = [f'<{identifier(dataset)}>; rel="cite-as"']
    if dataset.licence and dataset.licence.url:
        links.append(f'<{dataset.licence.url}>; rel="license"')
    for ending, media_type in ALTERNATES:
        relation = "describedby" if ending == "jsonld" else "alternate"
        links.append(f'<{metadata_address(dataset, ending)}>; rel="{relation}"; type="{media_type.replace(chr(34), chr(39))}"')
    return ", ".join(links)


def _in_every_language(say: Callable[[], str]) -> dict[str, str]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[tag_of(code)] = say()
    return found


def _answer(request: HttpRequest, body: str, media_type: str, etag: str) -> HttpResponse:
    response = HttpResponse(UNWRITABLE.sub("", body), content_type=f"{media_type}; charset=utf-8")
    response["ETag"] = f'"{etag}"'
    response["Cache-Control"] = PUBLIC
    response["Access-Control-Allow-Origin"] = "*"
    return get_conditional_response(request, etag=f'"{etag}"', response=response)  # type: ignore[return-value]
