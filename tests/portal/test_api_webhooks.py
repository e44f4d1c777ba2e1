"""Registered addresses are told what was published: signed, tried again, given up with a record."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from datasets.models import Capacity
from datasets.services.publication import publish_dataset
from datasets.services.withdrawal import delete_dataset
from pages.models import PlainPage
from portal.webhooks.announce import announce, forget_old_deliveries
from portal.webhooks.deliver import ATTEMPTS, deliver
from portal.webhooks.models import Delivery, Webhook
from tests.datasets.factories import DatasetFactory, member
from tests.datasets.other_site import OtherSite, other_site

from .small_city import build

pytestmark = pytest.mark.django_db
Work = Callable[[], None]
PATH = "/បណ្តាញ"


@pytest.fixture
def site(settings: Any) -> Iterator[OtherSite]:
    with other_site() as found:
        settings.REMOTE_FETCH_ALLOW = [found.place]
        yield found


@pytest.fixture
def hook(site: OtherSite) -> Webhook:
    site.replies["/hook"] = (204, {}, b"")
    return Webhook.objects.create(address=f"{site.url}/hook")


def events(site: OtherSite) -> list[str]:
    return [json.loads(body)["event"] for _headers, body in site.posted]


def is_genuine() -> Callable[[str, bytes, str], bool]:
    """The receiver's check, as the guide has it."""
    guide = Path(__file__).parents[2] / "docs" / "api.md"
    (code,) = re.findall(r"^```python\n(.*?)^```", guide.read_text(), re.DOTALL | re.MULTILINE)[:1]
    found: dict[str, Any] = {}
    exec(code, found)
    return found["is_genuine"]


def test_pages_that_are_published_withdrawn_and_deleted(site: OtherSite, hook: Webhook, work: Work) -> None:
    build()
    page = PlainPage.objects.filter(live=True, locale__language_code="km").first()
    assert page is not None
    work()
    site.posted.clear()
    page.title = "អំពីក្រុង"
    page.save_revision().publish()
    page.unpublish()
    page.save_revision().publish()
    PlainPage.objects.get(pk=page.pk).delete()
    work()
    assert events(site) == ["page.published", "page.unpublished", "page.published", "page.unpublished"]
    headers, body = site.posted[0]
    told = json.loads(body)
    assert told["page"]["path"] == f"/km/{page.slug}/"
    assert told["page"]["type"] == "plain"
    assert headers["Portal-Delivery"] == told["id"]
    assert is_genuine()(headers["Portal-Signature"], body, hook.secret)
    assert not is_genuine()(headers["Portal-Signature"], body + b" ", hook.secret)


def test_datasets_that_become_public_and_cease_to_be(site: OtherSite, hook: Webhook, work: Work) -> None:
    dataset = DatasetFactory(live=False, name="wells")
    admin = member(dataset.organization, Capacity.ADMIN)
    publish_dataset(dataset=dataset, user=admin).unpublish(user=admin)
    publish_dataset(dataset=dataset, user=admin)
    delete_dataset(dataset=dataset, user=admin)
    work()
    assert events(site) == ["dataset.published", "dataset.unpublished", "dataset.published", "dataset.unpublished"]
    assert json.loads(site.posted[0][1])["dataset"]["name"] == "wells"


def test_a_message_that_fails_is_tried_again_later_and_given_up_in_the_end(site: OtherSite, hook: Webhook, work: Work) -> None:
    site.replies["/hook"] = (500, {}, b"")
    (delivery,) = announce(event="page.published", payload={})
    work()
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.problem, delivery.delivered) == (1, "status 500", None)
    waiting = DBTaskResult.objects.ready().count() + DBTaskResult.objects.filter(run_after__gt=timezone.now()).count()
    assert waiting >= 1
    for _attempt in range(ATTEMPTS - 1):
        deliver(delivery=delivery)
    assert delivery.attempts == ATTEMPTS
    assert delivery.gave_up is not None
    deliver(delivery=delivery)
    assert len(site.posted) == ATTEMPTS
    assert len({headers["Portal-Delivery"] for headers, _body in site.posted}) == 1
    waits = sorted(DBTaskResult.objects.filter(run_after__gt=timezone.now()).values_list("run_after", flat=True))
    assert waits[-1] - waits[0] > timedelta(hours=10)


def test_messages_go_to_public_addresses_only_and_follow_nobody(site: OtherSite, hook: Webhook, settings: Any) -> None:
    site.replies["/hook"] = (302, {"Location": f"{site.url}/elsewhere"}, b"")
    (delivery,) = announce(event="page.published", payload={})
    assert deliver(delivery=delivery).problem == "status 302"
    settings.REMOTE_FETCH_ALLOW = []
    assert deliver(delivery=delivery).problem == "private-address"
    assert len(site.posted) == 1


def test_superusers_register_addresses_and_nobody_else(admin_client: Client, client: Client, site: OtherSite) -> None:
    add = reverse(Webhook.snippet_viewset.get_url_name("add"))  # type: ignore[attr-defined]
    listing = reverse(Delivery.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    assert admin_client.post(add, {"address": f"{site.url}/x", "secret": "s" * 40, "active": "on"}).status_code == 302
    announce(event="page.published", payload={})
    assert "page.published" in admin_client.get(listing).content.decode()
    client.force_login(member(DatasetFactory().organization, Capacity.ADMIN))
    assert client.get(add).status_code == 302
    assert Webhook.objects.count() == 1
    Delivery.objects.update(created=timezone.now() - timedelta(days=31))
    assert forget_old_deliveries() == 1
