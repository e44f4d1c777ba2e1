"""Every description a dataset has, held against the standard's own checker."""

import json
import os
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from datasets.models import Dataset, Resource

from .factories import DatasetFactory, GroupFactory, ResourceFactory
from .sending import VILLAGES, accept, send

SHAPES = Path(__file__).parents[3] / "shared" / "standards"


@pytest.fixture
def dataset(folders: None, db: None, work: Any) -> Dataset:
    """A dataset in three languages with one checked CSV table and one link."""
    found = DatasetFactory(
        name="phum",
        groups=[GroupFactory()],
        tags=["ភូមិ", "villages & towns"],
        update_frequency="annual",
        spatial_text_km="ខេត្តព្រះសីហនុ",
        spatial_code="18",
        source_name="វិទ្យាស្ថានជាតិស្ថិតិ",
        source_url="https://nis.example/phum",
        coverage_start="2019-01-01",
    )
    version = send(ResourceFactory(dataset=found, format="CSV"), VILLAGES, confirm=False, publish=True)
    work()
    version.refresh_from_db()
    if not version.published:
        accept(version)
        work()
    Resource.objects.create(dataset=found, name_km="ប្រភព", link_url="https://nis.example/more.pdf", format="PDF", position=9)
    return found


def get(address: str, **headers: str) -> Any:
    response = Client(headers=headers).get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response


def shapes() -> Any:
    from rdflib import Graph

    if not SHAPES.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"CI has no {SHAPES}")
        pytest.skip("the official shapes are not here")
    graph = Graph()
    for name in ("dcat-ap-shapes.ttl", "dcat-ap-range.ttl"):
        graph.parse(SHAPES / name)
    return graph


@pytest.mark.parametrize(("ending", "syntax"), [("ttl", "turtle"), ("jsonld", "json-ld"), ("xml", "xml"), ("rdf", "xml")])
@pytest.mark.parametrize("what", ["catalog", "dataset/phum"])
def test_dcat_ap_passes_the_official_shapes(dataset: Dataset, what: str, ending: str, syntax: str) -> None:
    from pyshacl import validate
    from rdflib import DCTERMS, Graph, Literal

    graph = Graph().parse(data=get(f"/{what}.{ending}").content, format=syntax)
    conforms, _report, text = validate(graph, shacl_graph=shapes(), inference="none", advanced=True)
    assert conforms, text
    titles = {(literal.language, str(literal)) for literal in graph.objects(None, DCTERMS.title) if isinstance(literal, Literal)}
    assert {("km", dataset.title_km), ("en", dataset.title_en), ("zh-Hans", dataset.title_zh_hans)} <= titles


def test_no_text_or_address_of_one_dataset_breaks_the_catalogue_or_the_feeds(dataset: Dataset) -> None:
    from rdflib import DCAT, Graph, URIRef

    dataset.title_en, dataset.source_url = "Villages\x0b of \x01Sihanoukville", "https://nis.example/a|b?{c}"
    dataset.full_clean(exclude=["extras"])
    dataset.save()
    Resource.objects.filter(dataset=dataset).exclude(link_url="").update(link_url='https://nis.example/"more".pdf')
    for what in ("catalog", "dataset/phum"):
        for ending, syntax in (("ttl", "turtle"), ("jsonld", "json-ld"), ("xml", "xml")):
            graph = Graph().parse(data=get(f"/{what}.{ending}").content, format=syntax)
            assert URIRef("https://nis.example/%22more%22.pdf") in set(graph.objects(None, DCAT.accessURL))
    for address in ("/feeds/dataset.atom", "/dataset/phum.atom", "/feeds/custom.atom?q=%01%0b"):
        ElementTree.fromstring(get(address, **{"Accept-Language": "en"}).content)


def test_the_catalogue_is_paged_and_its_pages_are_linked(dataset: Dataset, settings: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("datasets.views.standards.PER_PAGE", 1)
    DatasetFactory(name="khum", title_km="ឃុំ")
    DatasetFactory(name="hidden", private=True)
    first = get("/catalog.ttl")
    assert f'<{settings.SITE_URL.rstrip("/")}/catalog.ttl?page=2>; rel="next"' in first["Link"]
    assert "ឃុំ" in get("/catalog.ttl?page=2").content.decode()
    assert Client().get("/catalog.ttl?page=3").status_code == 404
    assert Client(headers={"If-None-Match": first["ETag"]}).get("/catalog.ttl").status_code == 304


def test_a_program_that_asks_for_data_at_the_persistent_identifier_gets_data(dataset: Dataset) -> None:
    wanted = {"text/turtle": ".ttl", "application/ld+json": ".jsonld", "application/rdf+xml": ".xml"}
    for accept_header, ending in wanted.items():
        response = Client(headers={"Accept": accept_header}).get(f"/dataset/{dataset.uuid}")
        assert response["Location"] == f"/dataset/phum{ending}"
    assert Client(headers={"Accept": "*/*"}).get("/dataset/phum")["Location"].endswith("/dataset/phum/")
    page = get("/km/dataset/phum/")
    assert f'/dataset/{dataset.uuid}>; rel="cite-as"' in page["Link"]
    assert 'rel="license"' in page["Link"]
    assert '/dataset/phum.jsonld>; rel="describedby"' in page["Link"]


def test_search_engines_find_schema_org_in_the_page(dataset: Dataset) -> None:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', get("/km/dataset/phum/").content.decode(), re.DOTALL)
    assert block
    found = json.loads(block[1])
    assert found["@type"] == "Dataset"
    assert found["name"] == dataset.title_km
    assert found["spatialCoverage"] == "ខេត្តព្រះសីហនុ"
    assert len(found["distribution"][0]["sha256"]) == 64


def test_frictionless_opens_the_data_package_and_validates_it(dataset: Dataset, tmp_path: Path) -> None:
    """The addresses lead to this portal, which no server answers here: the test puts the bytes it serves beside the descriptor."""
    from frictionless import Package
    from jsonschema import Draft7Validator

    text = get("/dataset/phum/datapackage.json").content.decode()
    descriptor = json.loads(text)
    if SHAPES.is_dir():
        Draft7Validator(json.loads((SHAPES / "datapackage.json").read_text())).validate(descriptor)
    table = descriptor["resources"][0]
    kept = tmp_path / "phum.csv"
    kept.write_bytes(b"".join(get(re.sub(r"^https?://[^/]+", "", table["path"])).streaming_content))
    table["path"] = "phum.csv"
    descriptor["resources"] = [table]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    package = Package(str(tmp_path / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert [row["ឈ្មោះ"] for row in package.resources[0].read_rows()] == ["ភូមិ១", "ភូមិ២"]


def test_croissant_loads_with_its_own_library(dataset: Dataset) -> None:
    import mlcroissant

    found = mlcroissant.Dataset(jsonld=json.loads(get("/dataset/phum/croissant.json").content))
    assert not found.metadata.ctx.issues.errors
    assert [field.name for field in found.metadata.record_sets[0].fields] == ["កូដ", "ឈ្មោះ", "ប្រជាជន"]


def test_a_reference_manager_reads_the_citation(dataset: Dataset) -> None:
    identifier = f"/dataset/{dataset.uuid}"
    english = {"Accept-Language": "en"}
    bibtex = get("/dataset/phum.bib", **english).content.decode()
    assert bibtex.startswith("@misc{phum,")
    assert f"title = {{{{{dataset.title_en}}}}}" in bibtex
    ris = get("/dataset/phum.ris", **english).content.decode()
    assert ris.startswith("TY  - DATA\r\n")
    assert ris.rstrip().endswith("ER  -")
    csl = json.loads(get("/dataset/phum.csl.json", **{"Accept-Language": "km"}).content)[0]
    assert csl["title"] == dataset.title_km
    assert csl["URL"].endswith(identifier)
    assert identifier in bibtex
    assert identifier in ris


@pytest.mark.parametrize(
    "address",
    ["/feeds/dataset.atom", "/feeds/organization/{org}.atom", "/feeds/group/{group}.atom", "/feeds/tag/ភូមិ.atom", "/feeds/custom.atom?q=ភូមិ"],
)
def test_feeds_tell_of_new_datasets(dataset: Dataset, address: str) -> None:
    names = {"org": dataset.organization.name, "group": dataset.groups.get().name}
    feed = ElementTree.fromstring(get(address.format(**names), **{"Accept-Language": "km"}).content)
    titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")]
    assert titles == [dataset.title_km]


def test_a_dataset_has_a_feed_of_its_versions(dataset: Dataset) -> None:
    feed = ElementTree.fromstring(get("/dataset/phum.atom").content)
    entries = list(feed.iter("{http://www.w3.org/2005/Atom}entry"))
    assert len(entries) == 1
    link = entries[0].find("{http://www.w3.org/2005/Atom}link")
    assert link is not None
    assert "/version/" in link.attrib["href"]


@pytest.mark.parametrize("ending", [".ttl", ".jsonld", "/datapackage.json", "/croissant.json", ".bib", ".atom"])
def test_what_the_public_may_not_see_has_no_description(dataset: Dataset, ending: str) -> None:
    DatasetFactory(name="secret", private=True)
    DatasetFactory(name="draft", live=False)
    for name in ("secret", "draft", "nowhere"):
        assert Client().get(f"/dataset/{name}{ending}").status_code == 404
