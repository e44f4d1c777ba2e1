"""Whether data can be trusted: counted by the worker, said on the dataset's page, on one page for the portal, and by API."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from datasets.models import Capacity, Dataset, Resource, Version
from datasets.services.links import check_links
from datasets.services.rebuild_table import rebuild_tables

from .factories import DatasetFactory, OrganizationFactory, ResourceFactory, UserFactory, member
from .other_site import other_site
from .test_public_pages import Publish, folders, publish, text_of  # noqa: F401

pytestmark = pytest.mark.django_db
TEXTS = {f"{name}_{code}": "ភូមិ" for name in ("title", "summary") for code in ("km", "en", "zh_hans")}
GOOD = {
    **TEXTS,
    "source_name": "វិទ្យាស្ថានជាតិស្ថិតិ",
    "contact_name": "សុខា",
    "update_frequency": "monthly",
    "coverage_start": "2026-01-01",
    "spatial_code": "18",
}
ROWS = "លេខកូដឃុំ,ភេទ,ចំនួន\n180101,ស្រី,12\n180102,ប្រុស,9\n"
SCHEMA = {
    "fields": [
        {"name": "លេខកូដឃុំ", "type": "string", "kind": "administrative-code", "description": "កូដឃុំ"},
        {"name": "ភេទ", "type": "string", "description": "ស្រី ឬប្រុស"},
        {"name": "ចំនួន", "type": "integer", "description": "ចំនួនមនុស្ស"},
    ]
}


def points(client: Client, dataset: Dataset) -> dict[str, dict[str, Any]]:
    found = client.get("/api/v1/quality/?language=en&limit=100").json()["results"]
    return {point["check"]: point for one in found if one["dataset"] == dataset.name for point in one["points"]}


def failing(client: Client, dataset: Dataset) -> set[str]:
    return {code for code, point in points(client, dataset).items() if point["state"] in ("warn", "bad")}


def test_good_data_have_nothing_to_mend(client: Client, publish: Publish) -> None:  # noqa: F811
    dataset = publish(ROWS, schema=SCHEMA, **GOOD).resource.dataset
    found = points(client, dataset)
    assert failing(client, dataset) == set()
    assert found["sex"]["state"] == found["place"]["state"] == "good"
    assert found["codes"]["words"] == ["All 2 codes of administrative units are known."]
    page = text_of(client.get("/en/quality/"))
    assert "nothing to mend" in page
    assert "1 with nothing to mend" in page


def test_each_fault_is_counted_and_said(client: Client, publish: Publish) -> None:  # noqa: F811
    people = {"name": "ចំនួន", "type": "integer", "kind": "person-count"}
    rows = "លេខកូដឃុំ,ទទេ,ចំនួន\n180101,,12\n180101,,12\n999999,,ច្រើន\n"
    fields = [SCHEMA["fields"][0], {"name": "ទទេ", "type": "string"}, people]
    dataset = publish(rows, schema={"fields": fields}, accept=True, licence=None, disaggregation=["age"]).resource.dataset
    assert failing(client, dataset) == {
        *("errors", "empty", "duplicates", "codes", "texts", "dictionary", "licence", "coverage", "origin", "promise"),
        *("sex", "age", "disability", "urban-rural"),
    }
    found = points(client, dataset)
    assert found["errors"]["word"] == "1 error"
    assert found["empty"]["words"][-1] == "Wholly empty: ទទេ."
    assert found["duplicates"]["words"] == ["1 row stands there twice, cell for cell."]
    assert found["codes"]["words"] == ["1 of 2 codes of administrative units are unknown."]
    assert found["age"]["words"] == ["It is promised, but no column shows it."]
    assert found["licence"]["state"] == "bad"


def test_a_dead_link_is_found_by_the_clock_and_said(client: Client, settings: Any) -> None:
    with other_site() as site:
        settings.REMOTE_FETCH_ALLOW = [site.place]
        alive = ResourceFactory(link_url=f"{site.url}/alive.csv")
        dead = ResourceFactory(link_url=f"{site.url}/dead.csv")
        site.replies |= {"/alive.csv": (206, {}, b"a"), "/dead.csv": (404, {}, b"")}
        assert points(client, alive.dataset)["links"]["state"] == "info"
        assert check_links() == 2
        assert check_links() == 0, "each once a week"
        assert points(client, alive.dataset)["links"]["state"] == "good"
        assert "error 404" in points(client, dead.dataset)["links"]["words"][0]
        week_ago = {**dead.link_check, "checked": (timezone.now() - timedelta(days=8)).isoformat()}
        Resource.objects.filter(pk=dead.pk).update(link_check=week_ago)
        site.replies["/dead.csv"] = (200, {}, b"a")
        assert check_links() == 1
        assert points(client, dead.dataset)["links"]["state"] == "good"


def test_what_was_promised_is_held_against_what_came(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(ROWS, schema=SCHEMA, **GOOD)
    Version.objects.filter(pk=version.pk).update(published=timezone.now() - timedelta(days=45))
    assert failing(client, version.resource.dataset) == {"fresh"}
    assert points(client, version.resource.dataset)["fresh"]["word"] == "overdue"


def test_tables_from_before_are_counted_by_themselves(client: Client, publish: Publish, work: Callable[[], None]) -> None:  # noqa: F811
    version = publish(ROWS, schema=SCHEMA)
    Version.objects.update(profile={})
    assert points(client, version.resource.dataset)["empty"]["word"] == "not yet known"
    assert rebuild_tables() == 1
    work()
    assert points(client, version.resource.dataset)["empty"]["state"] == "good"
    assert rebuild_tables() == 0


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_the_list_is_narrowed_and_begins_with_the_worst(client: Client, publish: Publish, language: str) -> None:  # noqa: F811
    office = OrganizationFactory(name="water")
    good = publish(ROWS, schema=SCHEMA, name="good", organization=office, **GOOD).resource.dataset
    DatasetFactory(name="worst", licence=None)
    DatasetFactory(name="secret", live=False)
    page = text_of(client.get(f"/{language}/quality/"))
    assert page.index("/dataset/worst/") < page.index("/dataset/good/")
    assert "/dataset/secret/" not in page
    assert "/dataset/worst/" not in text_of(client.get(f"/{language}/quality/?organization=water"))
    assert "/dataset/good/" not in text_of(client.get(f"/{language}/quality/?failing=licence"))
    file = client.get(f"/{language}/quality/?download=csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert [row[0] for row in rows[1:]] == ["worst", good.name]
    assert f"/{language}/quality/?organization=water" in text_of(client.get(good.get_absolute_url().replace("/km/", f"/{language}/")))


def test_the_api_refuses_what_it_does_not_know(client: Client) -> None:
    for query in ("failing=beauty", "language=fr", "limit=x"):
        assert client.get(f"/api/v1/quality/?{query}").status_code == 400


def test_only_those_who_may_mend_are_led_to_the_screen(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(ROWS.replace("180102", "999999"), schema=SCHEMA, licence=None)
    dataset = version.resource.dataset
    screens = [reverse("catalogue_admin:version", args=[version.uuid]), "#id_licence"]
    for address in (f"/en/dataset/{dataset.name}/", "/en/quality/"):
        anonymous = client.get(address)
        assert anonymous["Cache-Control"].startswith("public")
        assert "/admin/" not in text_of(anonymous)
        for user, may in ((member(dataset.organization, Capacity.EDITOR), True), (UserFactory(), False)):
            browser = Client()
            browser.force_login(user)
            response = browser.get(address)
            assert response["Cache-Control"] == "private, no-store"
            assert all((screen in text_of(response)) is may for screen in screens), address


def test_a_list_takes_the_same_queries_however_long(client: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(30):
        ResourceFactory()
    with django_assert_max_num_queries(6):
        assert client.get("/en/quality/").status_code == 200
