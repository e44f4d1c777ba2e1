"""DCAT-AP 3 (SEMIC, release 3.0.1) as an RDF graph: what European and national catalogues harvest.

Each literal is given in every language the portal has it in. Objects have their classes, because the profile's SHACL shapes check ranges.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.encoding import iri_to_uri
from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from datasets.models import Dataset, Resource
from datasets.vocabularies import UpdateFrequency

from .facts import absolute, file_address, first, identifier, metadata_address, offered, page_address, texts

SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
AUTHORITY = "http://publications.europa.eu/resource/authority/"
LANGUAGES = {"km": "KHM", "en": "ENG", "zh-Hans": "ZHO"}
FREQUENCIES = {
    UpdateFrequency.CONTINUAL: "UPDATE_CONT",
    UpdateFrequency.DAILY: "DAILY",
    UpdateFrequency.WEEKLY: "WEEKLY",
    UpdateFrequency.MONTHLY: "MONTHLY",
    UpdateFrequency.QUARTERLY: "QUARTERLY",
    UpdateFrequency.BIANNUAL: "ANNUAL_2",
    UpdateFrequency.ANNUAL: "ANNUAL",
    UpdateFrequency.BIENNIAL: "BIENNIAL",
    UpdateFrequency.IRREGULAR: "IRREG",
    UpdateFrequency.NEVER: "NEVER",
}
MEDIA_TYPES = "http://www.iana.org/assignments/media-types/"


def new_graph() -> Graph:
    """An empty graph with the prefixes people know."""
    graph = Graph()
    for prefix, namespace in (("dcat", DCAT), ("dct", DCTERMS), ("foaf", FOAF), ("spdx", SPDX), ("vcard", VCARD), ("hydra", HYDRA)):
        graph.bind(prefix, namespace)
    return graph


def dataset_graph(dataset: Dataset) -> Graph:
    """One dataset, its distributions and its publisher."""
    graph = new_graph()
    add_dataset(graph, dataset)
    return graph


def catalogue_graph(
    datasets: Sequence[Dataset], *, title: dict[str, str], description: dict[str, str], page: int, pages: int, total: int, address: str
) -> Graph:
    """The catalogue with one page of its datasets; `address` is that of the first page, the others are linked as Hydra does."""
    graph = new_graph()
    catalogue = URIRef(absolute("/#catalogue"))
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    _say(graph, catalogue, DCTERMS.title, title)
    _say(graph, catalogue, DCTERMS.description, description)
    graph.add((catalogue, FOAF.homepage, _typed(graph, URIRef(absolute("/")), FOAF.Document)))
    publisher = URIRef(absolute("/#portal"))
    graph.add((publisher, RDF.type, FOAF.Agent))
    _say(graph, publisher, FOAF.name, title)
    graph.add((catalogue, DCTERMS.publisher, publisher))
    for language in title:
        graph.add((catalogue, DCTERMS.language, _language(graph, language)))
    if datasets:
        graph.add((catalogue, DCTERMS.modified, _moment(max(dataset.modified for dataset in datasets))))
    for dataset in datasets:
        graph.add((catalogue, DCAT.dataset, add_dataset(graph, dataset)))
    shown = URIRef(f"{address}?page={page}")
    graph.add((shown, RDF.type, HYDRA.PagedCollection))
    graph.add((shown, HYDRA.totalItems, Literal(total)))
    for name, number in (("first", 1), ("previous", page - 1), ("next", page + 1), ("last", pages)):
        if 1 <= number <= pages:
            graph.add((shown, HYDRA[name], URIRef(f"{address}?page={number}")))
    return graph


def add_dataset(graph: Graph, dataset: Dataset) -> URIRef:
    """Put a dataset into `graph`; its node."""
    node = URIRef(identifier(dataset))
    titles = texts(dataset, "title")
    graph.add((node, RDF.type, DCAT.Dataset))
    graph.add((node, DCTERMS.identifier, Literal(str(dataset.uuid))))
    _say(graph, node, DCTERMS.title, titles or {"en": dataset.name})
    _say(graph, node, DCTERMS.description, texts(dataset, "notes") or texts(dataset, "summary") or titles or {"en": dataset.name})
    graph.add((node, DCTERMS.issued, _moment(dataset.first_published_at or dataset.created)))
    graph.add((node, DCTERMS.modified, _moment(dataset.modified)))
    graph.add((node, DCAT.landingPage, _typed(graph, URIRef(page_address(dataset)), FOAF.Document)))
    graph.add((node, DCTERMS.publisher, _publisher(graph, dataset)))
    graph.add((node, DCAT.contactPoint, _contact(graph, dataset)))
    for language in titles:
        graph.add((node, DCTERMS.language, _language(graph, language)))
    for tag in dataset.tags.all():
        graph.add((node, DCAT.keyword, Literal(tag.name)))
    for group in dataset.groups.all():
        theme = URIRef(absolute(f"/group/{group.name}"))
        graph.add((theme, RDF.type, SKOS.Concept))
        _say(graph, theme, SKOS.prefLabel, texts(group, "title") or {"en": group.name})
        graph.add((node, DCAT.theme, theme))
    if frequency := FREQUENCIES.get(dataset.update_frequency):  # type: ignore[call-overload]
        graph.add((node, DCTERMS.accrualPeriodicity, _typed(graph, URIRef(f"{AUTHORITY}frequency/{frequency}"), DCTERMS.Frequency)))
    _add_coverage(graph, node, dataset)
    if dataset.source_name or dataset.source_url:
        statement = _link(dataset.source_url) if dataset.source_url else BNode()
        graph.add((statement, RDF.type, DCTERMS.ProvenanceStatement))
        graph.add((statement, DCTERMS.title, Literal(dataset.source_name or dataset.source_url)))
        graph.add((node, DCTERMS.provenance, statement))
    for resource in offered(dataset):
        graph.add((node, DCAT.distribution, _distribution(graph, dataset, resource)))
    for ending in ("jsonld", "ttl", "xml"):
        graph.add((node, FOAF.isPrimaryTopicOf, URIRef(metadata_address(dataset, ending))))
    return node


def _add_coverage(graph: Graph, node: URIRef, dataset: Dataset) -> None:
    if dataset.coverage_start or dataset.coverage_end:
        period = BNode()
        graph.add((period, RDF.type, DCTERMS.PeriodOfTime))
        for name, day in (("startDate", dataset.coverage_start), ("endDate", dataset.coverage_end)):
            if day:
                graph.add((period, DCAT[name], Literal(day.isoformat(), datatype=XSD.date)))
        graph.add((node, DCTERMS.temporal, period))
    places = texts(dataset, "spatial_text")
    if places or dataset.spatial_code:
        place = BNode()
        graph.add((place, RDF.type, DCTERMS.Location))
        _say(graph, place, SKOS.prefLabel, places)
        if dataset.spatial_code:
            graph.add((place, DCTERMS.identifier, Literal(dataset.spatial_code)))
        graph.add((node, DCTERMS.spatial, place))


def _distribution(graph: Graph, dataset: Dataset, resource: Resource) -> URIRef:
    node = URIRef(absolute(f"/dataset/{dataset.uuid}/resource/{resource.uuid}"))
    graph.add((node, RDF.type, DCAT.Distribution))
    graph.add((node, DCAT.accessURL, _link(file_address(resource))))
    _say(graph, node, DCTERMS.title, texts(resource, "name"))
    _say(graph, node, DCTERMS.description, texts(resource, "description"))
    if resource.format:
        graph.add((node, DCTERMS.format, _labelled(graph, resource.format)))
    if dataset.licence:
        licence = _link(dataset.licence.url or absolute(f"/api/v1/licences/#{dataset.licence.code}"))
        graph.add((licence, RDF.type, DCTERMS.LicenseDocument))
        graph.add((node, DCTERMS.license, licence))
    if version := resource.current:
        graph.add((node, DCAT.downloadURL, _link(file_address(resource))))
        graph.add((node, DCAT.byteSize, Literal(str(version.data_file.size), datatype=XSD.nonNegativeInteger)))
        graph.add((node, DCTERMS.modified, _moment(version.published or version.created)))
        media_type = version.data_file.media_type.partition(";")[0].strip()
        if media_type:
            graph.add((node, DCAT.mediaType, _typed(graph, URIRef(MEDIA_TYPES + media_type), DCTERMS.MediaType)))
        checksum = BNode()
        graph.add((checksum, RDF.type, SPDX.Checksum))
        graph.add((checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256))
        graph.add((SPDX.checksumAlgorithm_sha256, RDF.type, SPDX.ChecksumAlgorithm))
        graph.add((checksum, SPDX.checksumValue, Literal(version.data_file.sha256, datatype=XSD.hexBinary)))
        graph.add((node, SPDX.checksum, checksum))
    return node


def _publisher(graph: Graph, dataset: Dataset) -> URIRef:
    organization = dataset.organization
    node = URIRef(absolute(f"/organization/{organization.uuid}"))
    graph.add((node, RDF.type, FOAF.Agent))
    _say(graph, node, FOAF.name, texts(organization, "title") or {"en": organization.name})
    if organization.url:
        graph.add((node, FOAF.homepage, _typed(graph, _link(organization.url), FOAF.Document)))
    return node


def _contact(graph: Graph, dataset: Dataset) -> Node:
    """Whom to ask: the named contact, else the organization, whose page says how."""
    node = BNode()
    graph.add((node, RDF.type, VCARD.Kind))
    organization = dataset.organization
    graph.add((node, VCARD.fn, Literal(dataset.contact_name or first(texts(organization, "title"), organization.name))))
    if mail := dataset.contact_email or organization.email:
        graph.add((node, VCARD.hasEmail, _link(f"mailto:{mail}")))
    else:
        graph.add((node, VCARD.hasURL, URIRef(absolute(f"/organization/{organization.name}"))))
    return node


def _say(graph: Graph, node: Node, predicate: URIRef, languages: dict[str, str]) -> None:
    for language, text in languages.items():
        graph.add((node, predicate, Literal(text, lang=language)))


def _link(address: str) -> URIRef:
    """An address that people typed. One with a bar or a brace, which browsers take, would let the whole catalogue fail."""
    return URIRef(iri_to_uri(address))


def _typed(graph: Graph, node: URIRef, kind: URIRef) -> URIRef:
    graph.add((node, RDF.type, kind))
    return node


def _labelled(graph: Graph, label: str) -> Node:
    node = BNode()
    graph.add((node, RDF.type, DCTERMS.MediaTypeOrExtent))
    graph.add((node, SKOS.prefLabel, Literal(label)))
    return node


def _language(graph: Graph, language: str) -> URIRef:
    return _typed(graph, URIRef(f"{AUTHORITY}language/{LANGUAGES[language]}"), DCTERMS.LinguisticSystem)


def _moment(value: datetime | date) -> Literal:
    text = timezone.localtime(value).isoformat(timespec="seconds") if isinstance(value, datetime) else value.isoformat()
    return Literal(text, datatype=XSD.dateTime if isinstance(value, datetime) else XSD.date)
