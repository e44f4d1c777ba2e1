"""Reads a DCAT catalogue in Turtle, JSON-LD or RDF/XML, page by page (Hydra), asking only for pages that changed."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from datasets.standards.dcat import FREQUENCIES, HYDRA, VCARD
from datasets.views.speech import language_of

from .polite import Visitor
from .records import Batch, HarvestError, RemoteDataset, RemoteResource

SYNTAXES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
}
ENDINGS = {"ttl": "turtle", "jsonld": "json-ld", "json": "json-ld", "rdf": "xml", "xml": "xml"}
ACCEPT = "text/turtle, application/ld+json;q=0.9, application/rdf+xml;q=0.8"
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")


def read_dcat(
    visitor: Visitor, url: str, language: str, memory: Mapping[str, Any], cursor: Mapping[str, Any], known: Collection[str] = ()
) -> Iterator[Batch]:
    """Batches from `cursor` on, one a page. `memory`: address -> [ETag, ids, next address] of each page as it was."""
    address: str | None = str(cursor.get("address") or url)
    pages: dict[str, Any] = dict(cursor.get("pages", {}))
    known = memory.get("pages", {})
    while address:
        etag, ids, following = known.get(address, ("", [], None))
        body, headers = visitor.get(address, etag=etag, accept=ACCEPT)
        datasets: list[RemoteDataset] = []
        failed: dict[str, str] = {}
        present: list[str] = []
        if body is None:
            present = list(ids)
        else:
            graph = _parse(body, headers.get("Content-Type", ""), address)
            for node in sorted(graph.subjects(RDF.type, DCAT.Dataset), key=str):
                try:
                    datasets.append(as_remote(graph, node, language))
                except ValueError as error:
                    failed[str(node)[:500]] = str(error)
            following = _next(graph, address)
            etag, ids = headers.get("ETag", ""), [dataset.remote_id for dataset in datasets]
        pages[address] = [etag, ids, following]
        if following in pages:
            following = None
        address = following
        yield Batch(datasets, {"address": address, "pages": pages} if address else None, present, failed, {"pages": pages})


def as_remote(graph: Graph, node: Node, language: str) -> RemoteDataset:
    """One `dcat:Dataset` in our shape. ValueError where it has no title."""
    titles = _texts(graph, node, DCTERMS.title, language)
    if not titles:
        raise ValueError("There is no dct:title.")
    page = str(graph.value(node, DCAT.landingPage) or (node if isinstance(node, URIRef) else ""))
    fields: dict[str, Any] = {f"title_{code}": text[:300] for code, text in titles.items()}
    fields |= {f"notes_{code}": text for code, text in _texts(graph, node, DCTERMS.description, language).items()}
    publisher = graph.value(node, DCTERMS.publisher) or graph.value(node, DCTERMS.creator)
    fields["source_name"] = _one(_texts(graph, publisher, FOAF.name, language))[:300] if publisher else ""
    fields["source_url"] = page[:1000]
    contact = graph.value(node, DCAT.contactPoint)
    fields["contact_name"] = str(graph.value(contact, VCARD.fn) or "")[:300] if contact else ""
    codes = {code: frequency for frequency, code in FREQUENCIES.items()}
    frequency = str(graph.value(node, DCTERMS.accrualPeriodicity) or "").rpartition("/")[2]
    fields["update_frequency"] = str(codes.get(frequency, ""))
    period = graph.value(node, DCTERMS.temporal)
    fields["coverage_start"] = _day(graph.value(period, DCAT.startDate)) if period else None
    fields["coverage_end"] = _day(graph.value(period, DCAT.endDate)) if period else None
    place = graph.value(node, DCTERMS.spatial)
    if place:
        fields |= {f"spatial_text_{code}": text[:300] for code, text in _texts(graph, place, SKOS.prefLabel, language).items()}
    resources = [_resource(graph, item, language) for item in sorted(graph.objects(node, DCAT.distribution), key=str)]
    licences = {str(graph.value(item, DCTERMS.license) or "") for item in graph.objects(node, DCAT.distribution)} - {""}
    identifier = str(node) if isinstance(node, URIRef) else str(graph.value(node, DCTERMS.identifier) or "")
    if not identifier:
        raise ValueError("It has neither an address nor a dct:identifier.")
    return RemoteDataset(
        remote_id=identifier[:500],
        name=_slug(page) or _slug(titles.get("en", "")) or "dataset",
        page=page,
        fields=fields,
        licence=licences.pop() if len(licences) == 1 else str(graph.value(node, DCTERMS.license) or ""),
        tags=sorted({str(word) for word in graph.objects(node, DCAT.keyword)}),
        resources=[resource for resource in resources if resource.url],
    )


def _resource(graph: Graph, node: Node, language: str) -> RemoteResource:
    kind = graph.value(node, DCTERMS["format"])
    label = graph.value(kind, SKOS.prefLabel) if kind and not isinstance(kind, Literal) else kind
    if label is None:
        label = str(graph.value(node, DCAT.mediaType) or kind or "").rpartition("/")[2]
    url = str(graph.value(node, DCAT.downloadURL) or graph.value(node, DCAT.accessURL) or "")
    return RemoteResource(
        remote_id=str(node) if isinstance(node, URIRef) else url,
        url=url,
        names=_texts(graph, node, DCTERMS.title, language),
        descriptions=_texts(graph, node, DCTERMS.description, language),
        format=str(label).upper()[:50] if len(str(label)) < 6 else str(label)[:50],
    )


def _texts(graph: Graph, node: Node, predicate: URIRef, otherwise: str) -> dict[str, str]:
    """Texts by our language codes, `km`, `en`, `zh_hans`; other languages are left out where there is one of ours."""
    found: dict[str, str] = {}
    strange = ""
    for literal in sorted(graph.objects(node, predicate), key=str):
        text, tag = str(literal).strip(), (getattr(literal, "language", None) or "").lower()
        tag = tag or language_of(text) or otherwise
        code = "zh_hans" if tag.startswith("zh") else tag.partition("-")[0]
        if code in ("km", "en", "zh_hans"):
            found.setdefault(code, text)
        else:
            strange = strange or text
    return found or ({otherwise.replace("-", "_"): strange} if strange else {})


def _one(texts: Mapping[str, str]) -> str:
    return texts.get("en") or next(iter(texts.values()), "")


def _day(value: Node | None) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _slug(address: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", address.rstrip("/").rpartition("/")[2].lower()).strip("-")[:90]


def _next(graph: Graph, address: str) -> str | None:
    for predicate in (HYDRA.next, HYDRA.nextPage):
        for target in graph.objects(None, predicate):
            if str(target) != address:
                return str(target)
    return None


def _parse(body: bytes, media_type: str, address: str) -> Graph:
    kind = media_type.partition(";")[0].strip().lower()
    syntax = SYNTAXES.get(kind) or ENDINGS.get(address.partition("?")[0].rpartition(".")[2].lower()) or "turtle"
    if syntax == "xml" and b"<!ENTITY" in body:
        raise HarvestError(f"{address}: " + _("XML with entities is not read."))
    try:
        if syntax == "json-ld":
            body = json.dumps(_with_its_own_context(json.loads(body), address)).encode()
        return Graph().parse(data=body, format=syntax, publicID=address)
    except HarvestError:
        raise
    except Exception as error:  # rdflib's parsers raise whatever they stumble over
        raise HarvestError(f"{address}: " + _("It cannot be read as %(syntax)s.") % {"syntax": syntax}) from error


def _with_its_own_context(document: Any, address: str) -> Any:
    """The document, if it explains its words itself. rdflib would open any other @context by itself, a file of this machine too."""
    waiting = [document]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            contexts = part.get("@context")
            if "@import" in part or any(isinstance(one, str) for one in (contexts if isinstance(contexts, list) else [contexts])):
                raise HarvestError(f"{address}: " + _("Its @context is in another file, which is not fetched. Ask for Turtle or RDF/XML."))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return document
