"""`/datastore/dump/`, and downloads with a token."""

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from datasets.models import Dataset

from .conftest import Api, City


def dumped(client: Client, city: City, token: str = "", /, **parameters: Any) -> Any:
    return client.get(f"/datastore/dump/{city.table.uuid}", parameters, headers={"Authorization": token} if token else {})


def text(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def test_a_table_as_csv(client: Client, city: City) -> None:
    answer = dumped(client, city)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{city.table.uuid}.csv"' in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text(answer))))
    assert list(rows[0]) == ["_id", "code", "name_km", "name_en", "population", "poor", "surveyed", "share"]
    assert [row["name_km"] for row in rows] == ["ភូមិ ១", "ភូមិ ២", "ភូមិថ្មី", "ភូមិចាស់"]
    assert (rows[0]["_id"], rows[0]["poor"], rows[0]["surveyed"], rows[3]["population"]) == ("1", "True", "2024-04-27", "")


def test_every_form_says_the_same(client: Client, city: City) -> None:
    assert text(dumped(client, city, bom="true")).startswith("\ufeff_id,")
    tsv = list(csv.reader(io.StringIO(text(dumped(client, city, format="tsv"))), delimiter="\t"))
    found = json.loads(text(dumped(client, city, format="json")))
    assert [field["id"] for field in found["fields"]] == tsv[0]
    assert found["records"][2][:3] == [3, tsv[3][1] if isinstance(found["records"][2][1], str) else int(tsv[3][1]), "ភូមិថ្មី"]
    root = ElementTree.fromstring(text(dumped(client, city, format="xml")))
    assert [(row.get("_id"), row.findtext("name_km")) for row in root] == [(line[0], line[2]) for line in tsv[1:]]
    assert root[3].find("population").get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true"  # type: ignore[union-attr]


def test_a_part_of_the_rows(client: Client, city: City) -> None:
    asked = {"filters": '{"poor": true}', "fields": "name_en,population", "sort": "population desc", "limit": 1}
    assert text(dumped(client, city, **asked)) == 'name_en,population\r\n"Phum Thmei, north",2500\r\n'
    assert text(dumped(client, city, fields="_id", offset=2)).split() == ["_id", "3", "4"]
    assert text(dumped(client, city, fields="_id", q="ភូមិថ្មី")).split() == ["_id", "3"]
    assert sorted(text(dumped(client, city, fields="poor", distinct="true")).split()) == ["False", "True", "poor"]
    assert text(client.get(f"/datastore/dump/{city.table.uuid}?fields=code&limit=0")) == "code\r\n"


@pytest.mark.parametrize("wrong", [{"format": "xls"}, {"junk": "1"}, {"limit": "-1"}, {"filters": '{"nope": 1}'}, {"sort": "nope"}])
def test_what_cannot_be_dumped_is_said(client: Client, city: City, wrong: dict[str, str]) -> None:
    answer = dumped(client, city, **wrong)
    assert answer.status_code == 400
    assert isinstance(answer.json(), dict)


def test_private_data_open_with_a_members_token_only(client: Client, city: City, api: Api) -> None:
    url = api("package_show", id="villages")["resources"][0]["url"].partition("://")[2].partition("/")[2]
    version = f"/version/{city.table.current.uuid}/download/{city.table.current.filename}"  # type: ignore[union-attr]
    addresses = [f"/{url}", f"/datastore/dump/{city.table.uuid}", f"/resource/{city.table.uuid}/export.csv", version]
    assert [client.get(address).status_code for address in addresses] == [200] * 4
    Dataset.objects.update(private=True)
    for address in addresses:
        for token, status in (("", 404), (city.stranger_token, 404), ("nonsense", 404), (city.editor_token, 200)):
            answer = client.get(address, headers={"Authorization": token})
            assert answer.status_code == status, (address, token)
        assert answer["Cache-Control"] == "private, no-store"
        assert client.get(address, headers={"Authorization": f"Bearer {city.token}"}).status_code == 200
        assert client.get(address, headers={"X-CKAN-API-Key": city.token}).status_code == 200


def test_a_download_by_the_datasets_name_leads_to_the_file(client: Client, city: City) -> None:
    address = f"/dataset/villages/resource/{city.table.uuid}/download/villages.csv"
    there = client.get(address)["Location"]
    assert b"".join(client.get(there).streaming_content).startswith(b"code,")  # type: ignore[attr-defined]
    assert client.get(address.replace("villages/", "other/", 1)).status_code == 404
    Dataset.objects.update(private=True)
    assert client.get(address).status_code == client.get(address, headers={"Authorization": city.stranger_token}).status_code == 404
    assert client.get(address, headers={"Authorization": city.token})["Location"] == there


def test_the_download_of_a_link_leads_there(client: Client, city: City, api: Api) -> None:
    link = api("package_show", id="villages")["resources"][1]
    answer = client.get(f"/dataset/{link['package_id']}/resource/{link['id']}/download/report.pdf")
    assert (answer.status_code, answer["Location"]) == (302, "https://example.org/report.pdf")


def test_a_dump_that_breaks_off_says_so_in_its_last_line(client: Client, city: City) -> None:
    """The server ends the answer as if it were whole: only the text can tell."""
    path = city.table.current.parquet_path
    whole = path.read_bytes()
    answer = dumped(client, city)
    arrived = []
    try:
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(Exception, match=r".+"):
            arrived.extend(answer.streaming_content)
    finally:
        path.write_bytes(whole)
    assert b"".join(arrived).decode().rstrip().endswith('此文件不完整"')
