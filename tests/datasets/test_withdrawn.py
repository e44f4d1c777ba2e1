"""Data that were withdrawn: their addresses say so, and they can come back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from datasets.models import Dataset, Organization
from datasets.services.withdrawal import delete_dataset, delete_resource
from datasets.tombstones import WITHDRAWN_BY_SOURCE

from .factories import DatasetFactory, ResourceFactory
from .sending import VILLAGES, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]


@pytest.fixture
def city(organization: Organization, work: Callable[[], None]) -> Any:
    resource = ResourceFactory(dataset=DatasetFactory(organization=organization, name="villages"))
    version = send(resource, VILLAGES, confirm=True, publish=True)
    work()
    version.refresh_from_db()
    resource.refresh_from_db()
    return version


def addresses(version: Any) -> list[str]:
    resource = version.resource
    return [
        f"/en/dataset/{resource.dataset.name}/resource/{resource.uuid}/",
        f"/en/version/{version.uuid}/",
        f"/version/{version.uuid}/download/ភូមិ.csv",
        f"/resource/{resource.uuid}/export.csv",
        f"/api/v1/resources/{resource.uuid}/",
        f"/api/v1/resources/{resource.uuid}/rows/",
        f"/api/v1/versions/{version.uuid}/diff/",
    ]


def test_a_withdrawn_dataset_is_gone_with_its_reason_everywhere(client: Client, city: Any, work: Callable[[], None]) -> None:
    dataset = city.resource.dataset
    delete_dataset(dataset=dataset, user=city.created_by, reason="កូដភូមិខុស", replaced_by="https://example.org/new")
    work()
    response = client.get("/en/dataset/villages/")
    text = response.content.decode()
    assert response.status_code == 410
    for words in ("Villages of Preah Sihanouk province", "កូដភូមិខុស", "https://example.org/new", "Land Management Department"):
        assert words in text
    for address in [*addresses(city), "/en/dataset/villages/resource/x/", "/dataset/villages.ttl", "/dataset/villages.atom"]:
        assert client.get(address).status_code == 410, address
    answer = client.get("/api/v1/datasets/villages/")
    assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
    assert (answer.json()["reason"], answer.json()["organization"]) == ("កូដភូមិខុស", "land-office")
    for listing in ("/en/dataset/", "/catalog.ttl", "/feeds/dataset.atom", "/en/search/?q=ភូមិ", "/api/v1/datasets/"):
        assert f"/dataset/{dataset.name}" not in client.get(listing).content.decode(), listing


def test_a_withdrawn_file_is_gone_and_its_dataset_stays(client: Client, city: Any) -> None:
    delete_resource(resource=city.resource, user=city.created_by, reason="មានឈ្មោះមនុស្ស")
    assert client.get("/en/dataset/villages/").status_code == 200
    for address in addresses(city):
        assert client.get(address).status_code == 410, address
    assert "មានឈ្មោះមនុស្ស" in client.get(addresses(city)[1]).content.decode()


def test_a_withdrawn_file_comes_back_by_its_button(client: Client, people: Any, city: Any) -> None:
    delete_resource(resource=city.resource, user=city.created_by, reason="មានឈ្មោះមនុស្ស")
    assert "មានឈ្មោះមនុស្ស" in people("admin").get(reverse("catalogue_admin:withdrawn")).content.decode()
    restore = reverse("catalogue_admin:restore_resource", args=[city.resource.uuid])
    people("outsider").post(restore)
    people("editor").post(restore)
    assert client.get(addresses(city)[0]).status_code == 410
    people("admin").post(restore)
    assert client.get(addresses(city)[0]).status_code == 200


def test_what_was_never_public_leaves_no_trace(client: Client, organization: Organization, people: Any) -> None:
    draft = DatasetFactory(organization=organization, live=False)
    secret = DatasetFactory(organization=organization, private=True)
    for dataset in (draft, secret):
        Dataset.objects.filter(pk=dataset.pk).update(deleted_at="2026-11-01T00:00Z")
        assert client.get(f"/en/dataset/{dataset.name}/").status_code == 404
        assert client.get(f"/api/v1/datasets/{dataset.uuid}/").status_code == 404


def test_the_admin_asks_for_the_reason_and_can_restore(client: Client, people: Any, city: Any, work: Callable[[], None]) -> None:
    admin, dataset = people("admin"), city.resource.dataset
    delete = reverse("wagtailsnippets_datasets_dataset:delete", args=[dataset.pk])
    assert admin.post(delete).status_code == 200
    dataset.refresh_from_db()
    assert dataset.deleted_at is None
    admin.post(delete, {"reason": "ចេញមុនពេល"})
    assert "ចេញមុនពេល" in client.get("/km/dataset/villages/").content.decode()
    screen = reverse("catalogue_admin:withdrawn")
    assert "ចេញមុនពេល" in admin.get(screen).content.decode()
    assert "ចេញមុនពេល" not in people("stranger").get(screen).content.decode()
    restore = reverse("catalogue_admin:restore", args=[dataset.uuid])
    assert people("editor").post(restore)["Location"] != reverse("catalogue_admin:files", args=[dataset.uuid])
    admin.post(restore)
    assert client.get("/km/dataset/villages/").status_code == 200
    work()
    assert "/dataset/villages" in client.get("/en/search/?q=ភូមិ").content.decode()


def test_reasons_the_portal_itself_gives_are_translated(client: Client, city: Any) -> None:
    delete_dataset(dataset=city.resource.dataset, user=city.created_by, reason=WITHDRAWN_BY_SOURCE)
    assert "The catalogue it was taken from" in client.get("/en/dataset/villages/").content.decode()
    assert "The catalogue it was taken from" not in client.get("/km/dataset/villages/").content.decode()


def test_an_address_is_changed_by_the_organizations_admins(client: Client, people: Any, city: Any) -> None:
    screen = reverse("catalogue_admin:rename", args=[city.resource.dataset.uuid])
    assert people("editor").get(screen).status_code != 200
    DatasetFactory(name="taken")
    assert "name" in people("admin").post(screen, {"name": "taken"}).context["form"].errors
    people("admin").post(screen, {"name": "city-villages"})
    assert client.get("/en/dataset/villages/")["Location"] == "/en/dataset/city-villages/"
