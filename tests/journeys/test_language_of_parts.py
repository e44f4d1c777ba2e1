"""Rows that speak only one language, read in the others: every text of theirs stands under its own `lang` (WCAG 3.1.2)."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from datasets.models import Group, Organization, Resource
from datasets.services.receive_file import receive_file
from datasets.services.versions import create_version
from pages.models import Notice, Place
from tests.datasets.factories import DatasetFactory, ResourceFactory, UserFactory
from tests.portal.in_browser import foreign_parts

pytestmark = pytest.mark.django_db
WORDS = {
    "km": "តម្លៃអាហារនៅក្នុងផ្សារនៃក្រុងព្រះសីហនុ",
    "en": "what people pay for food in the markets of the city",
    "zh_hans": "城市市场中居民购买食品的价格",
}


def only(language: str, *fields: str) -> dict[str, str]:
    """Fields that say something in one language and nothing in the others."""
    return {f"{field}_{code}": WORDS[language] if code == language else "" for field in fields for code in WORDS}


@pytest.mark.parametrize("written", WORDS)
def test_a_text_that_is_not_translated_says_so_to_a_voice(
    chromium: Browser, client: Client, work: Any, tmp_path: Path, settings: Any, written: str
) -> None:
    settings.FILES_DIR, settings.PARQUET_DIR = tmp_path / "files", tmp_path / "parquet"
    said = only(written, "title", "description")
    organization = Organization.objects.create(name="one-language", **said)
    group = Group.objects.create(name="one-language", **said)
    texts = only(written, "title", "summary", "notes", "spatial_text")
    dataset = DatasetFactory(organization=organization, groups=[group], name="food", source_name=WORDS[written], **texts)
    resource = ResourceFactory(dataset=dataset, **only(written, "name", "description"))
    publish(resource, f"code,what\n180101,{WORDS[written]}\n180102,{WORDS[written]}\n")
    Place.objects.create(slug="here", kind="office", **only(written, "name", "description", "address", "services", "hours"))
    Notice.objects.create(slug="soon", kind="plan", organization=organization, deadline="2099-01-01", **said)
    work()
    page = chromium.new_page()
    problems = []
    for language in ("km", "en", "zh-hans"):
        for path in (
            "dataset/",
            "dataset/food/",
            f"dataset/food/resource/{resource.uuid}/",
            f"dataset/food/resource/{resource.uuid}/report/",
            f"version/{resource.versions.get().uuid}/",
            "organization/",
            "organization/one-language/",
            "group/",
            "group/one-language/",
            "quality/",
            "sql/",
            "search/?kind=dataset",
            "place/",
            "place/here/",
            "notices/",
            "notices/soon/",
        ):
            answer = client.get(f"/{language}/{path}")
            assert answer.status_code == 200, path
            page.set_content(answer.content.decode())
            problems += [f"/{language}/{path}: {what}" for what in foreign_parts(page)]
    page.close()
    assert not problems, "\n".join(problems)


def publish(resource: Resource, table: str) -> None:
    file = receive_file(stream=io.BytesIO(table.encode()), filename="food.csv")
    create_version(resource=resource, data_file=file, filename="food.csv", user=UserFactory(is_superuser=True), confirm=True, publish=True)
