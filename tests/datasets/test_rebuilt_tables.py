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
