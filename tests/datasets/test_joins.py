"""Two tables joined by place: old codes come along, and what does not is named."""

import json

import pytest
from django.test import Client

from .test_downloads import body
from .test_public_pages import Publish, folders, path, publish, text_of  # noqa: F401

pytestmark = pytest.mark.django_db
# 180208 is 180601 today; nobody knows 180105 any more.
FLOODS = "លេខកូដ,ទឹកជំនន់\n180208,1.5\n180101,2.0\n180105,3.0\n"
PEOPLE = "commune_code,ឈ្មោះ\n180601,រាម\n180604,=បឹងតាព្រហ្ម\n"


@pytest.fixture
def floods(publish: Publish):  # noqa: F811
    return publish(FLOODS)


def test_a_table_of_codes_is_joined_with_the_names_of_the_places(client: Client, floods) -> None:
    assert f'href="{path(floods)}join/"' in text_of(client.get(path(floods)))
    page = text_of(client.get(f"{path(floods)}join/", {"with": "-"}))
    assert "_folded" not in page
    for label, number in (("the same today", 1), ("brought to today", 1), ("left out: their code", 1)):
        assert label in page
        assert page.split(label, 1)[1].split('class="num">', 1)[1].startswith(str(number))
    assert "<code>180105</code>" in page
    assert "ឃុំរាម" in page or "រាម" in page
    rows = json.loads(body(client.get(f"/resource/{floods.resource.uuid}/join.json", {"with": "-"})))
    assert [(row["លេខកូដ"], row["unit_code"], row["ទឹកជំនន់"]) for row in rows] == [("180208", "180601", 1.5), ("180101", "180101", 2.0)]


def test_two_tables_of_different_editions_meet(client: Client, floods, publish: Publish) -> None:  # noqa: F811
    people = publish(PEOPLE)
    asked = {"with": str(people.resource.uuid)}
    assert str(people.resource.uuid) in text_of(client.get(f"{path(floods)}join/"))
    found = client.get(f"/api/v1/resources/{floods.resource.uuid}/join/", asked).json()
    assert found["codes"] == {
        "edition": "older",
        "matched": 1,
        "remapped": 1,
        "dropped": 1,
        "dropped_codes": ["180105"],
        "unmatched": ["180101"],
    }
    assert [(row["unit_code"], row["ឈ្មោះ"]) for row in found["results"]] == [("180601", "រាម"), ("180101", None)]
    sheet = body(client.get(f"/resource/{people.resource.uuid}/join.csv", {"with": str(floods.resource.uuid)})).decode()
    assert "180601,180601,1.5,រាម" in sheet
    assert "'=បឹងតាព្រហ្ម" in sheet, "what a spreadsheet would run is kept from running"


def test_a_table_of_many_names_shows_its_own_columns_only(client: Client, publish: Publish) -> None:  # noqa: F811
    named = publish("code,ឈ្មោះ\n" + "".join(f"18010{n % 4 + 1},ឃុំចម្រើន {n}\n" for n in range(400)))
    found = client.get(f"/api/v1/resources/{named.resource.uuid}/join/", {"limit": 1}).json()
    assert list(found["results"][0]) == ["code", "unit_code", "name_km", "name_latin", "parent_code", "ឈ្មោះ"]


def test_what_cannot_be_joined_is_said(client: Client, floods, publish: Publish) -> None:  # noqa: F811
    plain = publish("ឈ្មោះ,n\nព្រៃនប់,1\n")
    assert "join/" not in text_of(client.get(path(plain)))
    assert client.get(f"{path(plain)}join/").status_code == 404
    page = client.get(f"{path(floods)}join/", {"with": str(plain.resource.uuid)})
    assert page.status_code == 400
    assert "no column of administrative codes" in text_of(page)
    assert client.get(f"/resource/{floods.resource.uuid}/join.csv", {"column": "ទឹកជំនន់"}).status_code == 400
    problem = client.get(f"/api/v1/resources/{floods.resource.uuid}/join/", {"with": "ភូមិ"})
    assert (problem.status_code, problem.headers["Content-Type"]) == (400, "application/problem+json")
