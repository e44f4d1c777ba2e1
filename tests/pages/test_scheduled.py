"""What an editor planned happens by the clock, without anybody at the desk."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from pages.models import PlainPage
from portal.timetable import Timetable
from search.query import Query
from search.selectors import search

pytestmark = pytest.mark.django_db
ADDRESS = "/km/night-market/"


def test_a_page_appears_and_goes_at_its_time_and_search_follows(
    city: None, client: Client, work: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    home = Page.objects.get(slug="home", locale__language_code="km")
    page = home.add_child(instance=PlainPage(title="ផ្សាររាត្រីមាត់សមុទ្រ", slug="night-market", live=False, locale=home.locale))
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(days=1)
    page.save_revision().publish()
    assert client.get(ADDRESS).status_code == 404

    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(hours=2))
    Timetable().run_due(everything=True)
    work()
    assert client.get(ADDRESS).status_code == 200
    assert [hit.title for hit in search(Query(text="ផ្សាររាត្រី")).hits][:1] == ["ផ្សាររាត្រីមាត់សមុទ្រ"]

    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(days=2))
    Timetable().run_due(everything=True)
    work()
    assert client.get(ADDRESS).status_code in {404, 410}
    assert search(Query(text="ផ្សាររាត្រី")).total == 0
