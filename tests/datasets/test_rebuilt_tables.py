"""Tables are derived: whoever loses them, or brings them from an older release, gets them again."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from datasets.services.rebuild_table import rebuild_tables

from .test_public_pages import Publish, folders, path, publish, text_of  # noqa: F401

pytestmark = pytest.mark.django_db


def test_a_lost_table_and_one_of_an_older_layout_are_written_anew(client: Client, publish: Publish, work) -> None:  # noqa: F811
    lost, old = publish("ឈ្មោះ\nភូមិបាត់\n"), publish("ឈ្មោះ\nភូមិចាស់\n")
    lost.parquet_path.unlink()
    before = Path(settings.PARQUET_DIR) / f"{old.uuid}.parquet"
    old.parquet_path.rename(before)
    type(old).objects.filter(pk=old.pk).update(parquet=before.name)
    assert client.get(path(lost)).status_code == 503
    assert "ភូមិចាស់" in text_of(client.get(path(old)))
    assert rebuild_tables() == 2
    assert rebuild_tables() == 0  # already queued
    work()
    assert "ភូមិបាត់" in text_of(client.get(path(lost)))
    assert "ភូមិចាស់" in text_of(client.get(path(old)))
    assert not before.exists()
    assert rebuild_tables() == 0


DAMAGED = "កូដ,ឈ្មោះ\n180101,ភូមិខូច\n180102,ភូមិល្អ\n"


def test_a_damaged_table_is_told_in_words_everywhere_and_written_anew(client: Client, publish: Publish, work) -> None:  # noqa: F811
    version = publish(DAMAGED)
    resource, table = version.resource, version.parquet_path
    programs = {
        f"/api/v1/resources/{resource.uuid}/rows/": "application/problem+json",
        f"/api/v1/resources/{resource.uuid}/join/?with=-": "application/problem+json",
        f'/api/v1/sql/?q=SELECT * FROM "{resource.uuid}"': "application/problem+json",
        f"/api/3/action/datastore_search?resource_id={resource.uuid}": "application/json",
        f"/datastore/dump/{resource.uuid}": "application/problem+json",
        f"/resource/{resource.uuid}/export.csv": "text/plain",
    }
    people = [path(version), f'/en/sql/?q=SELECT * FROM "{resource.uuid}"', f"{path(version)}join/?with=-"]
    whole = table.read_bytes()
    for bytes_there in (whole[:-50], whole[:4] + b"\xff" * 150 + whole[154:], b"no table"):  # cut off, overwritten, something else
        table.write_bytes(bytes_there)
        for address, kind in programs.items():
            response = client.get(address, headers={"Accept-Language": "en"})
            words = response.getvalue().decode()
            assert (response.status_code, kind in response["Content-Type"]) == (503, True), (address, words)
            assert "original file can be downloaded" in words
        for address in people:
            response = client.get(address)
            assert (response.status_code, "text/html" in response["Content-Type"]) == (503, True), address
            assert "original file can be downloaded" in text_of(response)
    assert client.get(f"/en/dataset/{resource.dataset.name}/").status_code == 200
    assert rebuild_tables() == 1
    work()
    assert "ភូមិខូច" in text_of(client.get(path(version)))
    assert rebuild_tables() == 0
