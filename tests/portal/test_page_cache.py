"""Pages come from memory, the same bytes, until anything that the public sees has changed; what is private never gets in."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pages.models import Place, RightsGuide
from tests.portal.small_city import build

GUIDE = "/km/land/eviction-notice/"
Commit = Callable[[], None]


@pytest.fixture
def commit(db: None, settings: object) -> Iterator[Commit]:
    """The small city, kept pages allowed; calling it does what the end of the transaction would do."""

    def run() -> None:
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _savepoints, function, _robust in waiting:
            function()

    build()
    run()
    caches["pages"].clear()
    settings.PAGE_CACHE = True  # type: ignore[attr-defined]
    yield run
    caches["pages"].clear()


def test_the_next_readers_cost_a_question_each(client: Client, commit: Commit, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = client.get(GUIDE, headers={"accept-encoding": "gzip"})
    with django_assert_num_queries(2):
        second = client.get(GUIDE, headers={"accept-encoding": "gzip"})
        known = client.get(GUIDE, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert second.content == first.content
    for name in ("Content-Type", "Content-Encoding", "Content-Security-Policy", "Cache-Control", "ETag", "Vary", "Content-Language"):
        assert second[name] == first[name], name
    assert second["X-Request-ID"] != first["X-Request-ID"]
    assert (known.status_code, known.content) == (304, b"")


def test_a_strange_header_unpacks_nobody_elses_page(client: Client, commit: Commit) -> None:
    assert "Content-Encoding" not in client.get(GUIDE, headers={"accept-encoding": "xgzip"})
    assert client.get(GUIDE, headers={"accept-encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_change_is_seen_at_once(client: Client, commit: Commit) -> None:
    before = client.get(GUIDE)
    guide = RightsGuide.objects.get(locale__language_code="km")
    guide.title = "តើខ្ញុំត្រូវធ្វើដូចម្តេច?"
    guide.save_revision()
    commit()
    assert client.get(GUIDE).content == before.content, "a draft changes nothing"
    guide.save_revision().publish()
    commit()
    assert guide.title in client.get(GUIDE).content.decode()
    Place.objects.update(name_km="ការិយាល័យថ្មី")  # in bulk, without a signal
    commit()
    assert "ការិយាល័យថ្មី" in client.get(GUIDE).content.decode()
    guide.unpublish()
    commit()
    assert "តើខ្ញុំត្រូវធ្វើដូចម្តេច?" not in client.get(GUIDE).content.decode()


def test_what_is_private_or_asked_is_never_kept(client: Client, commit: Commit) -> None:
    def kept(path: str, **headers: str) -> bool:
        caches["pages"].clear()
        client.get(path, headers=headers)
        return bool(caches["pages"]._cache)

    assert kept(GUIDE)
    assert not kept(GUIDE, cookie="sessionid=someone")
    assert not kept(GUIDE, authorization="secret")
    assert not kept("/km/search/?q=ដីធ្លី")
    assert not kept("/km/nowhere/")
    assert not kept("/")
    RightsGuide.objects.update(sensitive="yes")
    commit()
    assert not kept(GUIDE)


def test_a_guide_asks_the_database_little(client: Client, db: None, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    build()
    client.get(GUIDE)
    for language in ("km", "en", "zh-hans"):
        with django_assert_max_num_queries(10):
            assert client.get(f"/{language}/land/eviction-notice/").status_code == 200
