"""Lists by cursor, and rows gathered by the values of columns."""

from typing import Any

import pytest
from django.test import Client

from tests.datasets.ckan.conftest import City, city  # noqa: F401
from tests.datasets.factories import DatasetFactory, OrganizationFactory


@pytest.mark.parametrize("ordering", ["-modified", "name", "created"])
def test_a_cursor_meets_every_dataset_once_while_others_come(city: City, client: Client, ordering: str) -> None:  # noqa: F811
    for number in range(5):
        DatasetFactory(name=f"more-{number}", organization=city.organization)
    seen: list[str] = []
    address = f"/api/v1/datasets/?cursor=&limit=2&fields=name&ordering={ordering}"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.content
        seen += [row["name"] for row in answer.json()["results"]]
        address = answer.json()["next"]
        assert bool(address) == ('rel="next"' in answer.get("Link", ""))
        if len(seen) == 2 and ordering == "-modified":
            DatasetFactory(name="newest", organization=city.organization)
    assert sorted(seen) == sorted({"villages", *(f"more-{number}" for number in range(5))})


def test_every_list_takes_a_cursor_and_says_what_is_wrong_with_one(city: City, client: Client) -> None:  # noqa: F811
    OrganizationFactory(name="water-office")
    for path in ("organizations", "groups", f"resources/{city.table.uuid}/versions"):
        answer = client.get(f"/api/v1/{path}/", {"cursor": "", "limit": "1"})
        assert len(answer.json()["results"]) == 1, path
    assert client.get("/api/v1/organizations/?cursor=&limit=1").json()["next"]
    for wrong in ({"cursor": "ក"}, {"cursor": "cD1x"}, {"cursor": "", "limit": "0"}, {"cursor": "", "ordering": "organization"}):
        answer = client.get("/api/v1/datasets/", wrong)
        assert answer.status_code == 400, wrong
        assert answer.json()["errors"]["cursor"]


def rows(client: Client, table: Any, **asked: str) -> Any:
    answer = client.get(f"/api/v1/resources/{table.uuid}/rows/", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_rows_are_gathered_counted_and_added_up(city: City, client: Client) -> None:  # noqa: F811
    found = rows(
        client, city.table, groupby="poor", aggregate="count,sum:population,avg:share,min:surveyed,max:name_km", sort="-count,poor"
    )
    assert found["count"] == 2
    assert [column["type"] for column in found["columns"]] == ["boolean", "integer", "integer", "number", "date", "text"]
    by_poor = {row["poor"]: row for row in found["results"]}
    assert by_poor[True]["count"] == 2
    assert by_poor[True]["sum_population"] == 3700
    assert by_poor[False]["sum_population"] == 800  # an empty cell adds nothing
    assert by_poor[False]["min_surveyed"] == "2023-12-31"
    assert by_poor[True]["avg_share"] == pytest.approx(21.75)
    (everything,) = rows(client, city.table, aggregate="count,count:population")["results"]
    assert everything == {"count": 4, "count_population": 3}
    (new,) = rows(client, city.table, groupby="name_km", name_km__contains="ថ្មី")["results"]
    assert new == {"name_km": "ភូមិថ្មី", "count": 1}
    page = rows(client, city.table, groupby="code", limit="3")
    assert len(page["results"]) == 3
    assert len(client.get(page["next"]).json()["results"]) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"groupby": "colour"},
        {"groupby": "poor", "aggregate": "median:population"},
        {"aggregate": "sum:name_km"},
        {"aggregate": "sum"},
        {"groupby": "poor", "sort": "code"},
        {"groupby": "poor", "population__gt": "ច្រើន"},
    ],
)
def test_what_cannot_be_gathered_is_said(city: City, client: Client, asked: dict[str, str]) -> None:  # noqa: F811
    answer = client.get(f"/api/v1/resources/{city.table.uuid}/rows/", asked)
    assert answer.status_code == 400
    assert answer.json()["errors"]
