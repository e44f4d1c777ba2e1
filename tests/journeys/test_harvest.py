"""A second portal takes over the first one, which runs for real: by CKAN's API and by DCAT."""

from collections.abc import Iterator
from typing import Any

import pytest
from ckanapi import RemoteCKAN
from django.test import Client
from django.utils import timezone

from datasets.models import Capacity, Dataset, HarvestRun, HarvestSource
from datasets.services.harvesting import claim_due_sources, run_harvest
from tests.datasets.factories import OrganizationFactory, member
from tests.running import Portal


@pytest.fixture
def near(settings: Any, city: Portal) -> None:
    """This portal may ask the other one, which is on the same machine, and need not wait between questions."""
    settings.REMOTE_FETCH_ALLOW = [city.url.removeprefix("http://")]
    settings.HARVEST_PAUSE_SECONDS = 0


@pytest.fixture(scope="module")
def there(city: Portal) -> Iterator[RemoteCKAN]:
    """The other portal, with a token that may write."""
    with RemoteCKAN(city.url, apikey=city.manage("api_token", "admin").split()[-1]) as remote:
        yield remote


def source_of(city: Portal, protocol: str, **fields: Any) -> HarvestSource:
    organization = OrganizationFactory()
    owner = member(organization, Capacity.ADMIN)
    url = city.url if protocol == "ckan" else f"{city.url}/catalog.{protocol}"
    kind = "ckan" if protocol == "ckan" else "dcat"
    return HarvestSource.objects.create(
        title="ក្រុងជិតខាង", url=url, protocol=kind, organization=organization, owner=owner, **({"publish": True} | fields)
    )


def when_found(there: RemoteCKAN, title: str) -> None:
    """Until the other portal's search knows the new title: it follows changes by its own clock."""
    for _turn in range(600):
        if any(found["title"] == title for found in there.action.package_search(q=f'title:"{title}"')["results"]):
            return
    pytest.fail(f"{title} is never found")


def live() -> dict[str, Dataset]:
    return {dataset.name: dataset for dataset in Dataset.objects.filter(live=True, deleted_at=None)}


@pytest.mark.django_db
@pytest.mark.parametrize("protocol", ["ckan", "ttl", "jsonld", "xml"])
def test_everything_is_taken_over_once_with_its_languages_and_where_it_came_from(
    near: None, city: Portal, there: RemoteCKAN, protocol: str
) -> None:
    source = source_of(city, protocol)
    run = run_harvest(source=source)
    assert (run.state, run.problem) == ("done", "")
    names = there.action.package_list()
    assert (run.created, run.failed) == (len(names), 0)
    mine, other = live()["cambodia-villages"], there.action.package_show(id="cambodia-villages")
    assert str(mine.uuid) != other["id"], "remote ids never become local ids"
    assert {mine.title_km, mine.title_en, mine.title_zh_hans} == set(other["title_translated"].values())
    assert mine.licence is not None
    assert mine.licence.code == other["license_id"]
    assert [resource.link_url for resource in mine.resources.all()] == [resource["url"] for resource in other["resources"]]
    page = Client().get("/km/dataset/cambodia-villages/").content.decode()
    assert "ក្រុងជិតខាង" in page

    source.refresh_from_db()
    again = run_harvest(source=source)
    own = {
        "page-feedback",
        "guide-reviews",
        "places",
        "ambassadors",
        "commitments",
        "events",
        "notices",
    }  # the other portal renews these by its own clock
    assert (again.created, again.withdrawn, again.failed) == (0, 0, 0)
    assert set(again.events.values_list("dataset__name", flat=True)) <= own
    assert again.unchanged >= len(names) - len(own)


@pytest.mark.django_db
@pytest.mark.parametrize("protocol", ["ckan", "ttl"])
def test_changes_and_withdrawals_follow(near: None, city: Portal, there: RemoteCKAN, protocol: str) -> None:
    organization = there.action.organization_list()[0]
    name = f"wells-for-{protocol}"
    there.action.package_create(name=name, title="អណ្តូងទឹក", owner_org=organization)
    source = source_of(city, protocol)
    run_harvest(source=source)
    assert live()[name].title_km == "អណ្តូងទឹក"

    there.action.package_patch(id=name, title="អណ្តូងទឹកស្អាត")
    when_found(there, "អណ្តូងទឹកស្អាត")
    source.refresh_from_db()
    run = run_harvest(source=source)
    assert run.created == 0
    assert live()[name].title_km == "អណ្តូងទឹកស្អាត"
    assert "title_km" in run.events.get(action="updated", dataset__name=name).detail

    there.action.package_delete(id=name)
    source.refresh_from_db()
    run = run_harvest(source=source)
    assert run.withdrawn == 1
    assert name not in live()


@pytest.mark.django_db
def test_a_run_that_is_cut_off_goes_on_where_it_was(near: None, city: Portal, there: RemoteCKAN, monkeypatch: Any) -> None:
    monkeypatch.setattr("datasets.harvest.ckan.ROWS", 3)
    source, names = source_of(city, "ckan"), there.action.package_list()
    first = run_harvest(source=source, seconds=0)
    assert first.state == "running"
    assert first.created == 3
    for _turn in range(len(names)):
        run = run_harvest(source=source, seconds=0)
        if run.state != HarvestRun.State.RUNNING:
            break
    assert (run.pk, run.state, run.created) == (first.pk, "done", len(names))
    assert len(live()) == len(names)


@pytest.mark.django_db
def test_without_leave_to_publish_everything_waits_for_review(near: None, city: Portal, there: RemoteCKAN) -> None:
    run = run_harvest(source=source_of(city, "ckan", publish=False))
    assert run.created == len(there.action.package_list())
    assert live() == {}
    assert Client().get("/km/dataset/cambodia-villages/").status_code == 404


@pytest.mark.django_db
def test_what_somebody_here_deleted_does_not_come_back(near: None, city: Portal) -> None:
    source = source_of(city, "ckan")
    run_harvest(source=source)
    Dataset.objects.filter(name="cambodia-villages").update(deleted_at=timezone.now())
    source.refresh_from_db()
    HarvestSource.objects.filter(pk=source.pk).update(memory={})
    source.refresh_from_db()
    run_harvest(source=source)
    assert "cambodia-villages" not in live()


@pytest.mark.django_db
def test_a_name_that_is_taken_here_is_kept_by_whoever_has_it(near: None, city: Portal) -> None:
    from tests.datasets.factories import DatasetFactory

    mine = DatasetFactory(name="cambodia-villages", title_km="ភូមិរបស់យើង")
    source = source_of(city, "ckan")
    run_harvest(source=source)
    assert live()["cambodia-villages"].pk == mine.pk
    assert f"{source.organization.name}-cambodia-villages" in live()


@pytest.mark.django_db
def test_a_site_that_is_none_is_explained_and_nothing_is_withdrawn(near: None, city: Portal, settings: Any) -> None:
    source = source_of(city, "ckan")
    run_harvest(source=source)
    before = set(live())
    HarvestSource.objects.filter(pk=source.pk).update(url=city.url + "/nowhere")
    source.refresh_from_db()
    run = run_harvest(source=source)
    assert run.state == "failed"
    assert "/nowhere/api/3/action/package_list" in run.problem
    settings.REMOTE_FETCH_ALLOW = []
    assert "127.0.0.1" in run_harvest(source=source).problem, "a private address is refused"
    assert set(live()) == before


@pytest.mark.django_db
def test_a_source_is_due_by_its_clock_and_taken_by_one_worker(city: Portal) -> None:
    source = source_of(city, "ckan")
    assert claim_due_sources() == [source.pk]
    assert claim_due_sources() == []
