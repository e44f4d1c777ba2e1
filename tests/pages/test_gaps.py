"""Which data the initiatives need, by district."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group as Role
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from datasets.models import DataNeed, Dataset
from datasets.services.withdrawal import delete_dataset
from tests.datasets.factories import DatasetFactory, OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


def need(**fields) -> DataNeed:
    texts = {"title_km": "ម៉ោងបើកមណ្ឌលសុខភាព", "title_en": "Opening hours", "description_km": "តារាងមណ្ឌលសុខភាព"}
    return DataNeed.objects.create(**{"initiative": "2.6", "spatial_code": "1801", **texts, "owed_by": OrganizationFactory(), **fields})


def test_a_missing_table_says_who_owes_it_and_who_asked(client: Client) -> None:
    missing = need(asked_by="អ្នកស្រុកឃុំអូរឧកញ៉ាហេង", asked_on="2026-09-01")
    text = client.get(f"/en/gaps/{missing.uuid}/").content.decode()
    for words in ("missing", "Land Management Department", "អ្នកស្រុកឃុំអូរឧកញ៉ាហេង", "None is published.", "តារាងមណ្ឌលសុខភាព"):
        assert words in text
    assert "ម៉ោងបើកមណ្ឌលសុខភាព" in client.get(f"/km/gaps/{missing.uuid}/").content.decode()
    assert client.get("/km/gaps/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_states_follow_the_datasets(client: Client) -> None:
    fresh, late = DatasetFactory(update_frequency="weekly"), DatasetFactory(update_frequency="weekly")
    Dataset.objects.filter(pk=late.pk).update(modified=timezone.now() - timedelta(days=60))
    for dataset in (fresh, late, DatasetFactory(live=False), None):
        need(dataset=dataset)
    found = client.get("/api/v1/needs/").json()
    assert [row["state"] for row in found["results"]] == ["there", "stale", "missing", "missing"]
    assert [row["dataset"] for row in found["results"]] == [fresh.name, late.name, None, None]
    assert found["results"][0]["title_translated"]["km"] == "ម៉ោងបើកមណ្ឌលសុខភាព"
    delete_dataset(dataset=fresh, user=UserFactory(is_superuser=True), reason="ខុស")
    assert client.get("/api/v1/needs/?limit=1").json()["results"][0]["state"] == "missing"


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_the_grid_has_every_district_and_a_word_for_each_state(client: Client, language: str) -> None:
    need()
    response = client.get(f"/{language}/gaps/")
    assert response.status_code == 200
    assert ("ក្រុងព្រះសីហនុ" if language == "km" else "Preah Sihanouk") in response.content.decode()


@pytest.mark.usefixtures("city")
def test_an_initiative_leads_to_the_data_it_needs(client: Client) -> None:
    wanted, of_another = need(initiative="2.4"), need(initiative="9.9", title_km="ទិន្នន័យផ្សេង")
    text = client.get("/km/initiatives/housing-and-land/").content.decode()
    assert re.search(rf'<a href="{wanted.get_absolute_url()}">ម៉ោងបើកមណ្ឌលសុខភាព</a> <span class="badge bad">', text)
    assert str(of_another.uuid) not in text


@pytest.mark.parametrize(("role", "may"), [("data publisher", True), ("author", False)])
def test_data_publishers_keep_the_list(role: str, may: bool) -> None:
    user = UserFactory()
    user.groups.add(Role.objects.get(name=role))
    secret = DatasetFactory(live=False, title_km="សម្ងាត់", title_en="Secret", title_zh_hans="")
    browser = Client(headers={"Accept-Language": "en"})
    browser.force_login(user)
    response = browser.get(reverse("wagtailsnippets_datasets_dataneed:edit", args=[need().pk]))
    assert (response.status_code == 200) is may
    assert str(secret) not in response.content.decode()
