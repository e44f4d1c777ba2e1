"""How another site is asked: only what its robots.txt allows, as slowly as it wishes, and not again for what did not change."""

from collections.abc import Iterator
from typing import Any

import pytest

from datasets.harvest import polite
from datasets.harvest.records import HarvestError

from .other_site import OtherSite, other_site

PAGE = "/catalog.ttl"


@pytest.fixture
def site(settings: Any) -> Iterator[OtherSite]:
    with other_site() as found:
        settings.REMOTE_FETCH_ALLOW, settings.HARVEST_PAUSE_SECONDS = [found.place], 0
        found.replies = {"/robots.txt": (404, {}, b""), PAGE: (200, {"ETag": '"1"'}, b"data")}
        yield found


def test_a_site_without_robots_allows_everything(site: OtherSite) -> None:
    body, headers = polite.Visitor().get(site.url + PAGE)
    assert (body, headers["ETag"]) == (b"data", '"1"')
    assert all(polite.AGENT in asked["User-Agent"] for asked in site.asked)


@pytest.mark.parametrize("who", ["*", polite.AGENT])
def test_what_robots_refuses_is_not_asked(site: OtherSite, who: str) -> None:
    site.replies["/robots.txt"] = (200, {}, f"User-agent: {who}\nDisallow: /catalog".encode())
    with pytest.raises(HarvestError, match=r"robots\.txt"):
        polite.Visitor().get(site.url + PAGE)
    assert len(site.asked) == 1


def test_a_site_that_cannot_give_its_robots_is_left_alone(site: OtherSite) -> None:
    site.replies["/robots.txt"] = (503, {}, b"")
    with pytest.raises(HarvestError, match=r"robots\.txt.*503"):
        polite.Visitor().get(site.url + PAGE)
    assert len(site.asked) == 1


def test_the_pause_is_as_long_as_the_site_wishes(site: OtherSite, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(polite.time, "sleep", pauses.append)
    site.replies["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 40")
    visitor = polite.Visitor()
    visitor.get(site.url + PAGE)
    visitor.get(site.url + PAGE)
    assert 0 < pauses[-1] <= 40
    assert len(site.asked) == 3  # robots.txt once


def test_what_did_not_change_is_not_sent_again(site: OtherSite) -> None:
    site.replies[PAGE] = lambda asked: (304, {}, b"") if asked["If-None-Match"] == '"1"' else (200, {"ETag": '"1"'}, b"data")
    visitor = polite.Visitor()
    _body, headers = visitor.get(site.url + PAGE)
    assert visitor.get(site.url + PAGE, etag=headers["ETag"])[0] is None
