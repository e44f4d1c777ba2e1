"""A version's permanent page, and what changed since another one."""

from collections.abc import Callable

import pytest
from django.test import Client

from datasets.models import Resource, Version

from .factories import DatasetFactory, ResourceFactory
from .sending import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
FIELDS = [{"name": "កូដ", "type": "string"}, {"name": "ឈ្មោះ", "type": "string"}, {"name": "ប្រជាជន", "type": "integer"}]
SCHEMA = {"fields": FIELDS, "primaryKey": ["កូដ"]}
OLD = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1200\n18010102,ភូមិ២,860\n18010103,ភូមិ៣,15\n"
NEW = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1250\n18010102,ភូមិ២,860\n18010104,ភូមិ៤,40\n"


def publish(resource: Resource, data: str, work: Callable[[], None], **options) -> Version:
    version = send(resource, data, confirm=True, publish=True, **options)
    work()
    version.refresh_from_db()
    assert version.published
    return version


@pytest.fixture
def versions(work: Callable[[], None]) -> tuple[Version, Version]:
    resource = ResourceFactory()
    relabelled = {**SCHEMA, "fields": [{**FIELDS[0], "title_translated": {"km": "លេខកូដភូមិ"}}, *FIELDS[1:]]}
    return publish(resource, OLD, work, schema=SCHEMA), publish(resource, NEW, work, schema=relabelled, note="រាប់ឡើងវិញ")


def test_a_version_has_a_page_of_its_own_that_says_when_there_is_a_newer_one(client: Client, versions: tuple[Version, Version]) -> None:
    old, new = versions
    text = client.get(f"/en/version/{old.uuid}/").content.decode()
    assert "A newer version exists." in text
    assert old.data_file.sha256 in text
    assert f"/en/version/{new.uuid}/" in text
    text = client.get(f"/km/version/{new.uuid}/").content.decode()
    assert "រាប់ឡើងវិញ" in text
    assert f"/km/version/{new.uuid}/changes/" in text
    assert f"/km/version/{new.uuid}/" in client.get(new.resource.dataset.get_absolute_url()).content.decode()


def test_changes_are_readable_and_the_same_for_programs(client: Client, versions: tuple[Version, Version]) -> None:
    old, new = versions
    text = client.get(f"/en/version/{new.uuid}/changes/").content.decode()
    for cell in ("<del>1200</del>", "<ins>1250</ins>", "ភូមិ៤", "ភូមិ៣", "លេខកូដភូមិ"):
        assert cell in text
    found = client.get(f"/api/v1/versions/{new.uuid}/diff/", {"from": old.uuid}).json()
    assert found["counts"] == {"added": 1, "removed": 1, "changed": 1, "unchanged": 1}
    assert (found["key"], found["before"]) == (["កូដ"], str(old.uuid))
    assert found["changed"] == [{"key": {"កូដ": "18010101"}, "cells": {"ប្រជាជន": {"before": 1200, "after": 1250}}}]
    assert found["added"] == [{"កូដ": "18010104", "ឈ្មោះ": "ភូមិ៤", "ប្រជាជន": 40}]
    assert found["schema"] == [{"kind": "label", "column": "កូដ", "before": "", "after": "លេខកូដភូមិ"}]


@pytest.mark.parametrize("said", [{"constraints": {"unique": True}}, {"kind": "administrative-code"}])
def test_rows_are_told_apart_by_what_the_publisher_said_of_a_column(client: Client, work: Callable[[], None], said: dict) -> None:
    resource, schema = ResourceFactory(), {"fields": [FIELDS[0] | said, *FIELDS[1:]]}
    publish(resource, OLD, work, schema=schema)
    new = publish(resource, NEW, work, schema=schema)
    found = client.get(f"/api/v1/versions/{new.uuid}/diff/").json()
    assert (found["key"], found["counts"]) == (["កូដ"], {"added": 1, "removed": 1, "changed": 1, "unchanged": 1})
    repeated = publish(
        resource, NEW + "18010101,ភូមិ១,7\n", work, schema={"fields": [FIELDS[0] | {"kind": "administrative-code"}, *FIELDS[1:]]}
    )
    assert client.get(f"/api/v1/versions/{repeated.uuid}/diff/").json()["key"] == []


def test_what_cannot_be_compared_is_said_in_words(client: Client, versions: tuple[Version, Version]) -> None:
    old, new = versions
    first = client.get(f"/en/version/{old.uuid}/changes/")
    assert (first.status_code, "first version" in first.content.decode()) == (200, True)
    assert str(new.uuid) in first.content.decode()
    other = client.get(f"/en/version/{new.uuid}/changes/?from=ភូមិ")
    assert (other.status_code, "“ភូមិ” is no published version" in other.content.decode()) == (400, True)
    answer = client.get(f"/api/v1/versions/{new.uuid}/diff/?from=x", headers={"Accept-Language": "en"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["from"])


def test_drafts_and_unpublished_versions_are_not_told(client: Client, work: Callable[[], None]) -> None:
    waiting = send(ResourceFactory(), OLD, confirm=True)
    hidden = send(ResourceFactory(dataset=DatasetFactory(live=False)), OLD, confirm=True, publish=True)
    work()
    for version in (waiting, hidden):
        assert client.get(f"/en/version/{version.uuid}/").status_code == 404
        assert client.get(f"/en/version/{version.uuid}/changes/").status_code == 404
        assert client.get(f"/api/v1/versions/{version.uuid}/diff/").status_code == 404


def test_files_that_are_no_tables_have_their_page_too(client: Client, work: Callable[[], None]) -> None:
    resource = ResourceFactory()
    for number in (1, 2):
        version = send(
            resource, b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + str(number).encode(), filename="របាយការណ៍.pdf", confirm=True, publish=True
        )
        work()
    assert client.get(f"/km/version/{version.uuid}/").status_code == 200
    assert "Only tables can be compared" in client.get(f"/en/version/{version.uuid}/changes/").content.decode()
