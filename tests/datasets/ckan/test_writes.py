"""Publishing through the Action API: the same rights and services as the admin."""

from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from datasets.models import Dataset

from .conftest import VILLAGES, Api, City

NEW: dict[str, Any] = {
    "name": "wells-2026",
    "owner_org": "land-office",
    "title": "អណ្ដូងទឹកឆ្នាំ ២០២៦",
    "notes": "Where the wells are.",
    "license_id": "cc-by",
    "author": "Water office",
    "author_email": "water@example.org",
    "maintainer": "សុខា",
    "maintainer_email": "sokha@example.org",
    "url": "https://example.org/wells",
    "version": "2",
    "tags": [{"name": "ទឹកស្អាត"}, {"name": "wells"}],
    "groups": [{"name": "housing"}],
    "extras": [{"key": "spatial_area", "value": "Sihanoukville"}],
    "resources": [{"name": "Map", "url": "example.org/wells.geojson", "custom_key": "kept"}],
}


def test_create_show_patch_delete(city: City, api: Api) -> None:
    made = api("package_create", city.token, **NEW)
    shown = api("package_show", id="wells-2026")
    assert made == shown
    for key in ("title", "notes", "license_id", "author", "author_email", "maintainer", "maintainer_email", "url", "version", "extras"):
        assert shown[key] == NEW[key], key
    assert shown["title_translated"] == {"km": NEW["title"]}
    assert [tag["name"] for tag in shown["tags"]] == ["wells", "ទឹកស្អាត"]
    assert shown["state"] == "active"
    (resource,) = shown["resources"]
    assert (resource["url"], resource["format"], resource["custom_key"]) == ("http://example.org/wells.geojson", "GeoJSON", "kept")

    patched = api("package_patch", city.token, id="wells-2026", notes="Every public well.", tags=[{"name": "wells"}])
    assert patched["notes"] == "Every public well."
    assert [tag["name"] for tag in patched["tags"]] == ["wells"]
    assert patched["title"] == NEW["title"]
    assert patched["extras"] == NEW["extras"]
    assert len(patched["resources"]) == 1

    updated = api("package_update", city.token, id="wells-2026", title=NEW["title"], owner_org="land-office")
    assert (updated["notes"], updated["tags"], updated["extras"], updated["author"]) == (None, [], [], None)
    assert len(updated["groups"]) == len(updated["resources"]) == 1

    assert api("package_delete", city.token, id="wells-2026") is None
    assert api.post("package_show", id="wells-2026")[0] == 404
    assert api("package_delete", city.token, id="wells-2026") is None


def test_what_was_dumped_can_be_loaded_again(city: City, api: Api) -> None:
    before = api("package_show", city.token, id="villages")
    after = api("package_update", city.token, **before)
    changing = ("metadata_modified",)
    assert {key: value for key, value in after.items() if key not in (*changing, "resources")} == {
        key: value for key, value in before.items() if key not in (*changing, "resources")
    }
    for one, other in zip(before["resources"], after["resources"], strict=True):
        assert {**one, "metadata_modified": ""} == {**other, "metadata_modified": ""}


def test_texts_in_three_languages(city: City, api: Api) -> None:
    texts = {"km": "អណ្ដូង", "en": "Wells", "zh-hans": "水井"}
    made = api("package_create", city.token, name="wells", owner_org="land-office", title_translated=texts)
    assert (made["title"], made["title_translated"]) == ("អណ្ដូង", texts)
    renamed = api("package_update", city.token, **{**made, "title": "អណ្ដូងទឹក"})
    assert renamed["title_translated"] == {**texts, "km": "អណ្ដូងទឹក"}


def test_upload_becomes_a_table(city: City, api: Api, client: Client, work: Callable[[], None]) -> None:
    answer = client.post(
        "/api/3/action/resource_create",
        {"package_id": "villages", "name": "Again", "upload": SimpleUploadedFile("ភូមិ ២០២៦.csv", VILLAGES.encode())},
        headers={"Authorization": city.token},
    )
    resource = answer.json()["result"]
    assert resource["url_type"] == "upload"
    assert resource["size"] == len(VILLAGES.encode())
    assert resource["url"].endswith(".csv")
    assert resource["datastore_active"] is False
    work()
    assert api("resource_show", id=resource["id"])["datastore_active"] is True
    assert api("datastore_search", resource_id=resource["id"])["total"] == 4
    assert api("package_search", fq="res_name:Again")["count"] == 1

    mended = VILLAGES.replace(",,false", ",90,false")
    answer = client.post(
        "/api/3/action/resource_patch",
        {"id": resource["id"], "upload": SimpleUploadedFile("ភូមិ ២០២៦.csv", mended.encode())},
        headers={"Authorization": city.token},
    )
    assert answer.json()["success"] is True
    work()
    assert api("datastore_search", resource_id=resource["id"], filters={"population": 90})["total"] == 1
    assert api("resource_delete", city.token, id=resource["id"]) is None
    assert api.post("resource_show", id=resource["id"])[0] == 404


def test_an_editor_writes_drafts_and_nobody_else_writes_at_all(city: City, api: Api) -> None:
    made = api("package_create", city.editor_token, **NEW)
    assert made["state"] == "draft"
    assert api.post("package_show", id="wells-2026")[0] == 403
    patched = api("package_patch", city.editor_token, id="wells-2026", notes="Changed while a draft.")
    assert patched["notes"] == "Changed while a draft."
    assert api("package_show", city.token, id="wells-2026")["notes"] == "Changed while a draft."
    for token in ("", city.stranger_token):
        for name, parameters in [
            ("package_create", {**NEW, "name": "mine"}),
            ("package_patch", {"id": "villages", "notes": "x"}),
            ("package_update", {"id": "villages", "title": "x"}),
            ("package_delete", {"id": "villages"}),
            ("resource_create", {"package_id": "villages", "url": "https://example.org/x.csv"}),
            ("resource_patch", {"id": str(city.table.uuid), "name": "x"}),
            ("resource_delete", {"id": str(city.table.uuid)}),
        ]:
            assert api.error(name, token, **parameters)[1]["__type"] == "Authorization Error", name
    assert api("package_show", id="villages")["title_translated"]["en"] == "Villages of Preah Sihanouk province"


WRONG: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"name": None}, {"name": ["Missing value"]}),
    ({"name": "x"}, {"name": ["Must be at least 2 characters long"]}),
    ({"name": "Wells!"}, {"name": ["Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_"]}),
    ({"name": "villages"}, {"name": ["That URL is already in use."]}),
    ({"groups": 10**30}, {"groups": ["Not a list"]}),
    ({"owner_org": None}, {"owner_org": ["An organization must be provided"]}),
    ({"owner_org": "nobody"}, {"owner_org": ["Organization does not exist"]}),
    ({"maintainer_email": "x"}, {"maintainer_email": ["Email x is not a valid format"]}),
    ({"tags": [{"name": "a"}]}, {"tags": ['Tag "a" length is less than minimum 2']}),
    ({"extras": [{"key": "k", "value": "1"}, {"key": "k", "value": "2"}]}, {"extras_validation": ['Duplicate key "k"']}),
    ({"resources": [{"url": "https://example.org"}, {"size": "big"}]}, {"resources": [{}, {"size": ["Invalid integer"]}]}),
]


def test_wrong_fields_are_named_in_ckans_words(city: City, api: Api) -> None:
    for change, error in WRONG:
        assert api.error("package_create", city.token, **{**NEW, **change}) == (409, {**error, "__type": "Validation Error"})
    assert not Dataset.objects.filter(name="wells-2026").exists()


def test_resource_errors_are_not_nested(city: City, api: Api) -> None:
    assert api.error("resource_create", city.token, package_id="villages", size="big")[1] == {
        "size": ["Invalid integer"],
        "__type": "Validation Error",
    }
    assert api.error("resource_create", city.token, url="https://example.org")[1]["package_id"] == ["Missing value"]


def test_no_script_hides_in_a_link(city: City, api: Api) -> None:
    assert api.error("resource_create", city.token, package_id="villages", url="javascript://alert(1)")[0] == 409


def test_an_old_name_still_leads_there(city: City, api: Api) -> None:
    api("package_patch", city.token, id="villages", name="all-villages")
    assert api("package_show", id="villages")["name"] == "all-villages"
