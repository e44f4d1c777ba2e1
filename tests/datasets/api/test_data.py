"""/api/v1/: datasets, resources, rows, versions, reports, organizations, groups, licences."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search.query import SearchUnavailable
from tests.datasets.ckan.conftest import City, city  # noqa: F401
from tests.datasets.factories import DatasetFactory, OrganizationFactory


def get(client: Client, path: str, token: str = "", **parameters: Any) -> Any:
    answer = client.get(f"/api/v1/{path}", parameters, headers={"Authorization": f"Bearer {token}"} if token else {})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_dataset_says_what_it_is(city: City, client: Client) -> None:  # noqa: F811
    by_name, by_id = get(client, "datasets/villages/"), get(client, f"datasets/{city.dataset.uuid}/")
    assert by_name == by_id
    assert by_name["title"] == "ភូមិក្នុងខេត្តព្រះសីហនុ"
    assert by_name["title_translated"]["zh-hans"] == "西哈努克省的村庄"
    assert by_name["is_sample"] is False
    assert by_name["modified"].endswith("+07:00")
    table, link = by_name["resources"]
    assert table["version"]["row_count"] == 4
    assert table["version"]["valid"] is True
    assert len(table["version"]["sha256"]) == 64
    assert set(table["exports"]) == {"csv", "json", "xlsx", "parquet"}
    assert link["link_url"] == "https://example.org/report.pdf"
    assert link["rows_url"] is None


def test_only_the_fields_asked_for(city: City, client: Client) -> None:  # noqa: F811
    licence = get(client, "datasets/villages/", fields="name,licence")["licence"]
    assert licence is None or "code" in licence
    assert client.get("/api/v1/datasets/?tag=none&fields=colour").status_code == 400
    assert get(client, "datasets/", fields="name,title")["results"] == [{"name": "villages", "title": "ភូមិក្នុងខេត្តព្រះសីហនុ"}]


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["villages", "wells"]),
    ({"organization": "water-office"}, ["wells"]),
    ({"organization": ["water-office", "land-office"]}, ["villages", "wells"]),
    ({"group": "housing"}, ["villages"]),
    ({"tag": "ភូមិ"}, ["villages"]),
    ({"format": "csv"}, ["villages"]),
    ({"licence": "cc-by", "organization": "water-office"}, ["wells"]),
    ({"q": "អណ្ដូង"}, ["wells"]),
    ({"q": "nothing-like-it"}, []),
]


def test_filters(city: City, client: Client, work: Any) -> None:  # noqa: F811
    DatasetFactory(name="wells", organization=OrganizationFactory(name="water-office"), title_km="អណ្ដូងទឹក", title_en="Wells")
    DatasetFactory(name="draft", organization=city.organization, live=False)
    work()
    for parameters, names in FILTERS:
        found = get(client, "datasets/", ordering="name", **parameters)
        assert [row["name"] for row in found["results"]] == names, parameters
        assert found["count"] == len(names)
    assert len(get(client, "datasets/", token=city.token)["results"]) == 3


def test_pages_name_the_next_one(city: City, client: Client) -> None:  # noqa: F811
    for number in range(4):
        DatasetFactory(name=f"more-{number}", organization=city.organization)
    answer = client.get("/api/v1/datasets", {"limit": 2, "offset": 2, "ordering": "-name"})
    assert answer.json()["next"].endswith("/api/v1/datasets/?ordering=-name&limit=2&offset=4")
    assert 'rel="next"' in answer["Link"]
    assert 'rel="prev"' in answer["Link"]
    assert client.get("/api/v1/datasets/", {"limit": 101}).json()["errors"]["limit"]
    assert client.get("/api/v1/datasets/", {"ordering": "colour"}).status_code == 400


def test_a_list_takes_the_same_queries_however_long(city: City, client: Client) -> None:  # noqa: F811
    for number in range(12):
        DatasetFactory(name=f"more-{number}", organization=city.organization, tags=[f"tag {number}"])
    with CaptureQueriesContext(connection) as captured:
        assert len(get(client, "datasets/")["results"]) == 13
    assert len(captured) <= 6


def test_search_is_down_but_the_list_is_not(city: City, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    def down(*args: Any) -> None:
        raise SearchUnavailable

    monkeypatch.setattr("datasets.api.filters.matching_keys", down)
    answer = client.get("/api/v1/datasets/", {"q": "x"})
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("#problem-unavailable")
    assert get(client, "datasets/")["count"] == 1


def test_rows(city: City, client: Client) -> None:  # noqa: F811
    path = f"resources/{city.table.uuid}/rows/"
    found = get(client, path, population__gte="800", sort="-population", columns="name_km,population", limit=2)
    assert found["results"] == [{"name_km": "ភូមិថ្មី", "population": 2500}, {"name_km": "ភូមិ ១", "population": 1200}]
    assert found["count"] == 3
    assert found["columns"][1] == {"name": "population", "type": "integer"}
    assert "after=1%3A%5B1200%5D" in found["next"]
    assert found["is_sample"] is False
    assert get(client, path, poor="true")["count"] == 2
    assert get(client, path, population__in="800,1200")["count"] == 2
    assert get(client, path, population__is_empty="true")["count"] == 1
    assert get(client, path, name_en__contains="north")["count"] == 1
    assert get(client, path, q="phum pir")["count"] == 1
    assert get(client, path, surveyed__lt="2024-01-01")["results"][0]["surveyed"] == "2023-12-31"
    for parameters in ({"colour": "red"}, {"population__gte": "many"}, {"sort": "colour"}, {"columns": "colour"}):
        answer = client.get(f"/api/v1/{path}", parameters)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
        assert set(answer.json()["errors"]) & {"colour", "population"}


def test_too_much_at_once_is_refused_before_it_is_asked(city: City, client: Client) -> None:  # noqa: F811
    words = " ".join(f"w{number}" for number in range(500))
    for query in ({"q": words}, {"name_km__contains": words.split()}):
        answer = client.get(f"/api/v1/resources/{city.table.uuid}/rows/", query, headers={"Accept-Language": "en"})
        assert answer.status_code == 400
        assert answer.json()["errors"] == {"": ["The question takes too long. Ask for less at once."]}


def test_versions_and_report(city: City, client: Client) -> None:  # noqa: F811
    versions = get(client, f"resources/{city.table.uuid}/versions/")
    assert [version["number"] for version in versions["results"]] == [1]
    assert versions["results"][0]["download_url"].startswith("http")
    report = get(client, f"resources/{city.table.uuid}/report/")
    assert report["valid"] is True
    assert report["report"]["valid"] is True
    assert client.get(f"/api/v1/resources/{city.table.uuid}/report/", {"version": "nonsense"}).status_code == 400
    assert client.get(f"/api/v1/resources/{city.table.uuid}/report/", {"version": str(city.table.uuid)}).status_code == 404


def test_what_is_private_is_not_there(city: City, client: Client) -> None:  # noqa: F811
    type(city.dataset).objects.filter(pk=city.dataset.pk).update(private=True)
    for path in ("datasets/villages/", *(f"resources/{city.table.uuid}/{part}" for part in ("", "rows/", "versions/", "report/"))):
        assert client.get(f"/api/v1/{path}").status_code == 404
        assert client.get(f"/api/v1/{path}", headers={"Authorization": city.stranger_token}).status_code == 404
        assert client.get(f"/api/v1/{path}", headers={"Authorization": city.editor_token}).status_code == 200


def test_organizations_groups_licences(city: City, client: Client) -> None:  # noqa: F811
    (organization,) = get(client, "organizations/")["results"]
    assert (organization["name"], organization["dataset_count"]) == ("land-office", 1)
    assert get(client, "organizations/land-office") == organization
    assert get(client, f"groups/{city.group.uuid}/")["title_translated"]["en"] == "Land and housing"
    assert "cc-by" in [licence["code"] for licence in get(client, "licences/")["results"]]
    assert client.get("/api/v1/groups/none/").status_code == 404
