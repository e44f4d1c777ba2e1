"""Package dictionaries are made once and handed out as they are: they must be right at every moment, and nobody's but the public's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from datasets.models import Dataset, Licence, PackageDictionary
from datasets.selectors import with_resources
from datasets.services.resources import create_resource
from datasets.services.store_packages import package_changes, store_packages
from datasets.services.withdrawal import delete_dataset

from .conftest import Api, City


@pytest.fixture
def stored(city: City, work: Callable[[], None]) -> City:
    """The city with its dictionaries stored, as the indexer leaves it."""
    work()
    assert PackageDictionary.objects.exclude(body="").count() == 1
    return city


def test_stored_and_made_on_the_spot_are_the_same(stored: City, api: Api) -> None:
    ready = api("package_show", id="villages")
    (found,) = api("package_search", fq="name:villages")["results"]
    PackageDictionary.objects.all().delete()
    assert api("package_show", id="villages") == ready == found
    assert api("package_show", id=str(stored.dataset.uuid)) == ready


def test_a_stored_dictionary_is_one_query(stored: City, api: Api) -> None:
    with CaptureQueriesContext(connection) as captured:
        api("package_show", id="villages")
    assert len(captured) == 1


def test_a_new_site_address_is_in_every_link(stored: City, api: Api, settings: Any) -> None:
    settings.SITE_URL = "https://data.example.org"
    assert api("package_show", id="villages")["resources"][0]["url"].startswith("https://data.example.org/dataset/")


def _title(city: City) -> None:
    city.dataset.title_km = "ភូមិទាំងអស់"
    city.dataset.save()


def _organization(city: City) -> None:
    city.organization.title_km = "មន្ទីរថ្មី"
    city.organization.save()


def _group(city: City) -> None:
    city.group.title_km = "ផ្ទះ"
    city.group.save()


def _licence(city: City) -> None:
    licence = Licence.objects.get(code="cc-by")
    licence.title_en = "Attribution"
    licence.save()


def _tags(city: City) -> None:
    city.dataset.tags.set([])
    city.dataset.save()


def _resource(city: City) -> None:
    create_resource(dataset=city.dataset, user=city.admin, fields={"link_url": "https://example.org/more.csv"})


@pytest.mark.parametrize("change", [_title, _organization, _group, _licence, _tags, _resource])
def test_a_change_shows_at_once_and_after_the_indexer(
    stored: City, api: Api, work: Callable[[], None], change: Callable[[City], None]
) -> None:
    before = api("package_show", id="villages")
    change(stored)
    at_once = api("package_show", id="villages")
    assert {**at_once, "metadata_modified": ""} != {**before, "metadata_modified": ""}
    work()
    assert api("package_show", id="villages") == at_once


def test_what_was_read_before_a_change_is_not_kept_after_it(stored: City, api: Api) -> None:
    keys = [stored.dataset.pk]
    changes, old = package_changes(keys), list(with_resources(Dataset.objects.filter(pk__in=keys)))
    _title(stored)
    store_packages(datasets=old, changes=changes)
    assert api("package_show", id="villages")["title"] == "ភូមិទាំងអស់"


def _make_private(city: City) -> None:
    Dataset.objects.filter(pk=city.dataset.pk).update(private=True)  # behind the services' back: the stored text still stands


def _unpublish(city: City) -> None:
    city.dataset.unpublish(user=city.admin)


def _delete(city: City) -> None:
    delete_dataset(dataset=city.dataset, user=city.admin)


@pytest.mark.parametrize("hide", [_make_private, _unpublish, _delete])
def test_nothing_hidden_is_handed_out(stored: City, api: Api, hide: Callable[[City], None]) -> None:
    hide(stored)
    member_sees = 404 if hide is _delete else 200
    for token, status in (("", None), (stored.stranger_token, None), (stored.editor_token, member_sees)):
        shown = api.post("package_show", token, id="villages")[0]
        assert shown == status if status else shown in (403, 404)
        for action, parameters in (
            ("current_package_list_with_resources", {}),
            ("package_search", {}),
            ("package_search", {"q": "ភូមិ", "include_private": True, "include_drafts": True}),
            ("group_package_show", {"id": "housing"}),
        ):
            result = api(action, token, **parameters)
            names = {row["name"] for row in (result["results"] if isinstance(result, dict) else result)}
            may_see = status == 200 and (parameters.get("include_private") or action == "group_package_show")
            assert names <= ({"villages"} if may_see else set()), (action, parameters)


def test_members_see_what_waits_and_others_do_not(stored: City, api: Api) -> None:
    create_resource(dataset=stored.dataset, user=stored.admin, fields={"name_en": "Still without a file"})
    for token, count in (("", 2), (stored.stranger_token, 2), (stored.editor_token, 3)):
        assert api("package_show", token, id="villages")["num_resources"] == count
        (row,) = api("package_search", token, q="villages")["results"]
        assert row["num_resources"] == count
