"""Finding datasets through package_search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.query import SearchUnavailable
from tests.datasets.factories import DatasetFactory, OrganizationFactory

from .conftest import Api, City


@pytest.fixture
def catalogue(city: City, work: Callable[[], None]) -> City:
    """Three more datasets beside the villages."""
    water = OrganizationFactory(name="water-office", title_en="Water office")
    DatasetFactory(
        name="wells",
        organization=water,
        title_km="អណ្ដូងទឹក",
        title_en="Wells",
        title_zh_hans="水井",
        notes_en="Drinking water",
        tags=["ទឹក", "census"],
        extras={"spatial": '{"type": "Polygon", "coordinates": [[[103.5, 10.5], [103.7, 10.5], [103.6, 10.7], [103.5, 10.5]]]}'},
    )
    DatasetFactory(
        name="floods", organization=water, title_km="ទឹកជំនន់", title_en="Flood hazard", title_zh_hans="洪水", tags=["ទឹក"], licence=None
    )
    DatasetFactory(name="secret", organization=city.organization, private=True, title_en="Secret wells")
    DatasetFactory(name="draft", organization=city.organization, live=False, title_en="Draft of wells")
    work()
    return city


def names(result: dict[str, Any]) -> list[str]:
    return [row["name"] for row in result["results"]]


QUERIES: list[tuple[dict[str, Any], set[str]]] = [
    ({}, {"villages", "wells", "floods"}),
    ({"q": "*:*"}, {"villages", "wells", "floods"}),
    ({"q": "ទឹកជំនន់"}, {"floods"}),
    ({"q": "水井"}, {"wells"}),
    ({"q": "wells"}, {"wells"}),
    ({"q": "title:well*"}, {"wells"}),
    ({"q": "organization:water-office"}, {"wells", "floods"}),
    ({"q": "wells organization:water-office"}, {"wells"}),
    ({"fq": "+organization:land-office +res_format:CSV"}, {"villages"}),
    ({"fq": "organization:water-office -tags:census"}, {"floods"}),
    ({"fq": 'tags:"census" AND license_id:cc-by'}, {"villages", "wells"}),
    ({"fq": "tags:census tags:ទឹក"}, {"wells"}),
    ({"fq": "name:(wells OR floods)"}, {"wells", "floods"}),
    ({"fq_list": ["organization:water-office", "tags:census"]}, {"wells"}),
    ({"fq_list": "tags:census"}, {"villages", "wells"}),
    ({"fq": "license_id:*"}, {"villages", "wells"}),
    ({"fq": "-license_id:*"}, {"floods"}),
    ({"fq": "groups:housing"}, {"villages"}),
    ({"fq": "extras_title_old:Phum"}, {"villages"}),
    ({"fq": "title_old:Ph*"}, {"villages"}),
    ({"fq": "-extras_title_old:Phum"}, {"wells", "floods"}),
    ({"fq": "metadata_modified:[2026-01-01T00:00:00Z TO *]"}, {"villages", "wells", "floods"}),
    ({"fq": "metadata_modified:[* TO NOW-7DAYS]"}, set()),
    ({"fq": "unknown_field:x"}, set()),
    ({"fq": "capacity:private"}, set()),
    ({"q": "res_format:csv"}, {"villages"}),
    ({"q": "notes:drinking NOT tags:ភូមិ"}, {"wells"}),
    ({"q": "notes:drinking OR res_format:csv"}, {"villages", "wells"}),
    ({"q": "title:ភូមិ OR title:flood*"}, {"villages", "floods"}),
    ({"q": "well* -tags:ភូមិ"}, {"wells"}),
    ({"q": "wells nowhere"}, set()),
    ({"q": '"flood hazard"'}, {"floods"}),
    ({"q": "isopen:true"}, {"villages", "wells"}),
    ({"q": "isopen:false"}, {"floods"}),
    ({"fq": "state:active private:false dataset_type:dataset capacity:public"}, {"villages", "wells", "floods"}),
    ({"fq": "metadata_created:[NOW-1DAY TO NOW+1DAY] name:[f TO g]"}, {"floods"}),
    ({"fq": "license_id:(cc-by OR odc-by) AND -organization:land-office"}, {"wells"}),
    ({"fq": "num_resources:2"}, {"villages"}),
    ({"fq": "num_resources:[* TO 1]"}, {"wells", "floods"}),
    ({"fq": "creator_user_id:nobody"}, set()),
    ({"q": "", "ext_bbox": "103,10,104,11"}, {"wells"}),
    ({"q": "", "ext_bbox": "1,2,3,4"}, set()),
]


@pytest.mark.parametrize("among_private", [False, True])
def test_queries(catalogue: City, api: Api, among_private: bool) -> None:
    """The same from the index and, for somebody who asks for what the index does not hold, from the database."""
    token, more = (catalogue.stranger_token, {"include_private": True}) if among_private else ("", {})
    for parameters, expected in QUERIES:
        result = api("package_search", token, **parameters, **more)
        assert (set(names(result)), result["count"]) == (expected, len(expected)), parameters


def test_members_see_more_only_when_they_ask(catalogue: City, api: Api) -> None:
    assert "secret" not in names(api("package_search", catalogue.token))
    assert {"secret"} == set(names(api("package_search", catalogue.token, include_private=True, fq="capacity:private")))
    assert "draft" in names(api("package_search", catalogue.token, include_drafts=True, q="wells"))
    assert {"secret", "draft"}.isdisjoint(names(api("package_search", include_private=True, include_drafts=True)))


def test_facets_in_every_form(catalogue: City, api: Api) -> None:
    expected = {"tags": {"census": 2, "ទឹក": 2, "ភូមិ": 1}}
    for given in ('["tags"]', ["tags"], "tags"):
        assert api.get("package_search", **{"facet.field": given})[1]["result"]["facets"] == expected
    result = api("package_search", **{"facet.field": ["organization", "res_format", "license_id", "nonsense"]}, rows=0)
    assert result["results"] == []
    assert result["facets"] == {
        "organization": {"water-office": 2, "land-office": 1},
        "res_format": {"CSV": 1, "PDF": 1},
        "license_id": {"cc-by": 2},
        "nonsense": {},
    }
    items = result["search_facets"]["organization"]["items"]
    assert {item["name"]: item["count"] for item in items} == {"water-office": 2, "land-office": 1}
    assert [item["display_name"] for item in items] == sorted((item["display_name"] for item in items), reverse=True)
    assert api("package_search", **{"facet.field": ["tags"], "facet.limit": 1})["facets"] == {"tags": {"census": 2}}
    assert api("package_search", **{"facet.field": ["tags"], "facet": "false"})["facets"] == {}


def test_sorting_and_paging(catalogue: City, api: Api) -> None:
    assert names(api("package_search", sort="name asc")) == ["floods", "villages", "wells"]
    assert names(api("package_search", sort="name desc", rows=1, start=1)) == ["villages"]
    assert names(api("package_search", start=50)) == []
    assert api("package_search")["sort"] == "score desc, metadata_modified desc"
    assert api("package_search", rows=5000)["count"] == 3
    assert api.post("package_search", sort="name sideways")[0] == 400
    assert len(names(api("package_search", sort="views_recent desc"))) == 3


def test_only_some_fields(catalogue: City, api: Api) -> None:
    result = api("package_search", fl="id,name,tags,metadata_modified,nonsense,extras_spatial", q="wells")
    assert [set(row) for row in result["results"]] == [{"id", "name", "tags", "metadata_modified", "extras_spatial"}]
    assert result["results"][0]["tags"] == ["census", "ទឹក"]
    assert result["results"][0]["metadata_modified"].endswith("Z")


UNREADABLE = ["num_resources:[many TO *]", "title:[[", "tags:/.*/", "{!lucene}x:y", "tags:(a OR", "metadata_modified:[soon TO *]"]


def test_what_cannot_be_parsed(catalogue: City, api: Api) -> None:
    for query in UNREADABLE:
        status, error = api.error("package_search", q=query)
        assert (status, error["__type"]) == (409, "Search Error"), query
        assert error["message"].startswith("Search error: ")


def test_words_with_strange_signs_are_just_words(catalogue: City, api: Api) -> None:
    assert api("package_search", q='wells "(')["count"] <= 3


def test_the_engine_is_down(catalogue: City, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*args: Any, **options: Any) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("datasets.ckan.package_query.matches", down)
    status, error = api.error("package_search", q="wells")
    assert (status, error["__type"]) == (500, "Search Connection Error")
    assert api("package_search", fq="tags:census")["count"] == 2


def test_queries_do_not_grow_with_the_results(catalogue: City, api: Api, work: Callable[[], None]) -> None:
    def count(rows: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert len(api("package_search", rows=rows)["results"]) == rows
        return len(captured)

    assert count(1) <= 8
    # The first row may lack what another has (a table to fetch); it is the same few queries however many rows.
    assert count(3) <= 8
    for number in range(12):
        DatasetFactory(name=f"more-{number}", organization=catalogue.organization, tags=[f"tag {number}"], groups=[catalogue.group])
    work()
    assert count(15) <= 8


def test_package_show_takes_few_queries(city: City, api: Api) -> None:
    with CaptureQueriesContext(connection) as captured:
        api("package_show", id="villages")
    assert len(captured) <= 8
