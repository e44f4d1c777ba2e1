"""The search API as a developer meets it."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from search.services.drain_outbox import drain_outbox
from search.services.mark_changed import mark_changed

from .city import Things, document

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
        "values": [],
    }
    assert get(client, "q=ដីធ្លី", language="en")["results"][0]["title"] == "Registering land in Sihanoukville"


def test_filters_and_facets(city: Things, client: Client) -> None:
    answer = get(client, "q=land&kind=dataset&format=CSV&format=PDF", language="en")
    assert [result["key"] for result in answer["results"]] == ["thing:3"]
    assert answer["facets"]["kind"] == [{"value": "dataset", "label": "Dataset", "count": 1}]
    assert answer["facets"]["language"][0] == {"value": "en", "label": "English", "count": 1}


def test_pages_are_linked(city: Things, client: Client) -> None:
    first = get(client, "sort=modified&limit=3")
    answer = client.get(first["next"])
    second = answer.json()
    assert answer["Link"] == f'<{second["previous"]}>; rel="prev"'
    assert [result["key"] for result in first["results"] + second["results"]] == ["thing:4", "thing:2", "thing:1", "thing:3"]
    assert (second["next"], second["count"]) == (None, 4)
    assert client.get(second["previous"]).json() == first


@pytest.mark.parametrize("query", ["limit=1000", "limit=x", "offset=-1", "sort=colour", "q=" + "a" * 201])
def test_a_wrong_parameter_is_named(city: Things, client: Client, query: str) -> None:
    assert query.partition("=")[0] in str(get(client, query, status=400))


def test_a_slip_is_corrected_and_says_so(city: Things, client: Client) -> None:
    answer = get(client, "q=vacination", language="en")
    assert (answer["corrected"], answer["results"][0]["key"]) == ("vaccination", "thing:4")
    assert get(client, "q=vaccination", language="en")["corrected"] == ""


def test_a_value_leads_to_its_rows(city: Things, client: Client) -> None:
    city.rows[5] = document("thing", 5, kind="dataset", title="បញ្ជីភូមិ", values={"/dataset/villages/?is.name=": ["ភូមិអូរចំណារ"]})
    mark_changed(source="thing", pk=5)
    drain_outbox()
    (result,) = get(client, "q=អូរចំណារ")["results"]
    assert result["values"][0]["value"] == "ភូមិអូរចំណារ"
    assert result["values"][0]["url"].startswith("/km/dataset/villages/?is.name=%E1")


def test_titles_are_suggested(city: Things, client: Client) -> None:
    def titles(query: str) -> list[str]:
        return [one["title"] for one in client.get(f"/api/v1/search/suggestions/?{query}").json()["suggestions"]]

    assert titles("q=ដីធ&language=km") == ["សេវាចុះបញ្ជីដីធ្លីនៅក្រុងព្រះសីហនុ"]
    assert titles("q=housing ri&language=en") == ["Housing rights and evictions"]
    assert titles("q=土地&language=zh-hans") == ["西哈努克市土地登记"]
    assert titles("q=&language=km") == []
    assert client.get("/api/v1/search/suggestions/?q=a&language=fr").status_code == 400


def test_without_an_index(db: None, settings: Any, tmp_path: Path, things: Things, client: Client) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_INDEX_DIR = tmp_path / "nothing"
    assert "detail" in get(client, "q=land", status=503)
