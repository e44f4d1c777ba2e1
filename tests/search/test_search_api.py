"""The search API as a developer meets it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from .city import Things

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.search.urls")]


def get(client: Client, query: str, status: int = 200, language: str = "km") -> Any:
    response = client.get(f"/api/v1/search/?{query}", headers={"Accept-Language": language})
    assert response.status_code == status
    return response.json()


def test_answers_in_the_language_asked_for(city: Things, client: Client) -> None:
    answer = get(client, "q=ដីធ្លី")
    assert (answer["count"], answer["relaxed"], answer["next"], answer["previous"]) == (1, False, None, None)
    (result,) = answer["results"]
    assert result == {
        "key": "thing:1",
        "kind": "page",
        "language": "km",
        "languages": ["km", "en", "zh-hans"],
        "title": "សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ",
        "excerpt": "របៀបសុំប័ណ្ណកម្មសិទ្ធិ",
        "excerpt_language": "km",
        "url": "/km/thing/1/",
        "modified": "2026-03-01T07:00:00+07:00",
    }
    assert get(client, "q=ដីធ្លី", language="en")["results"][0]["title"] == "Registering land in Sihanoukville"


def test_filters_and_facets(city: Things, client: Client) -> None:
    answer = get(client, "q=land&kind=dataset&format=CSV&format=PDF", language="en")
    assert [result["key"] for result in answer["results"]] == ["thing:3"]
    assert answer["facets"]["kind"] == [{"value": "dataset", "label": "Dataset", "count": 1}]
    assert answer["facets"]["language"][0] == {"value": "en", "label": "English", "count": 1}


def test_pages_are_linked(city: Things, client: Client) -> None:
    first = get(client, "sort=modified&limit=3")
    second = client.get(first["next"]).json()
    assert [result["key"] for result in first["results"] + second["results"]] == ["thing:4", "thing:2", "thing:1", "thing:3"]
    assert (second["next"], second["count"]) == (None, 4)
    assert client.get(second["previous"]).json() == first


@pytest.mark.parametrize("query", ["limit=1000", "limit=x", "offset=-1", "sort=colour", "q=" + "a" * 201])
def test_a_wrong_parameter_is_named(city: Things, client: Client, query: str) -> None:
    assert query.partition("=")[0] in str(get(client, query, status=400))


def test_without_an_index(db: None, settings: Any, tmp_path: Path, things: Things, client: Client) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    assert "detail" in get(client, "q=land", status=503)
