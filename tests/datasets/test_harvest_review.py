"""A harvest that waits for review keeps the links of live datasets waiting too."""

import pytest
from django.test import Client
from django.urls import reverse

from datasets.harvest.records import RemoteDataset, RemoteResource
from datasets.models import Capacity, Dataset, HarvestRun, HarvestSource
from datasets.selectors import visible_resources
from datasets.services.harvesting import take_over_dataset
from datasets.services.publication import publish_dataset
from tests.datasets.factories import OrganizationFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def record(title: str, *files: str) -> RemoteDataset:
    links = [RemoteResource(name, f"https://example.org/{name}", {"km": f"តារាង {name}"}, {}, "CSV") for name in files]
    return RemoteDataset("remote-1", "wells", "https://example.org/wells", {"title_km": title}, resources=links)


def shown() -> set[str]:
    return {resource.link_url.rpartition("/")[2] for resource in visible_resources()}


def test_links_follow_when_somebody_publishes_the_change() -> None:
    organization = OrganizationFactory()
    chief = member(organization, Capacity.ADMIN)
    source = HarvestSource.objects.create(
        title="ក្រុងជិតខាង", url="https://example.org", protocol="ckan", organization=organization, owner=chief, publish=False
    )
    take_over_dataset(source=source, run=HarvestRun.objects.create(source=source), record=record("អណ្ដូងទឹក", "a.csv", "b.csv"))
    dataset = Dataset.objects.get(name="wells")
    assert dataset.resources.count() == 2  # whoever reviews the draft sees its links
    publish_dataset(dataset=dataset, user=chief)
    assert shown() == {"a.csv", "b.csv"}

    HarvestRun.objects.update(state="done")
    run = HarvestRun.objects.create(source=source)
    take_over_dataset(source=source, run=run, record=record("អណ្ដូងទឹកស្អាត", "b.csv", "c.csv"))
    assert shown() == {"a.csv", "b.csv"}
    assert run.events.get().detail
    publish_dataset(dataset=dataset, user=chief)
    assert Dataset.objects.get(name="wells").title_km == "អណ្ដូងទឹកស្អាត"
    assert shown() == {"b.csv", "c.csv"}


def test_the_log_tells_what_each_run_did(client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    organization = OrganizationFactory()
    source = HarvestSource.objects.create(
        title="ក្រុងជិតខាង", url="https://example.org", protocol="ckan", organization=organization, owner=member(organization, Capacity.ADMIN)
    )
    address = reverse("wagtailsnippets_datasets_harvestsource:inspect", args=[source.pk])
    before = client.get(address).text
    assert "មិនទាន់ដំណើរការនៅឡើយទេ។" in before
    assert "ដោយប្រើសិទ្ធិរបស់" in before
    assert ">False<" not in "".join(before.split())
    take_over_dataset(source=source, run=HarvestRun.objects.create(source=source), record=record("អណ្ដូងទឹក", "a.csv"))
    page = client.get(address).text
    assert "remote-1" in page
    assert "អណ្ដូងទឹក" in page
