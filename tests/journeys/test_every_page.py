"""Every kind of page of the real sample city: accessible, within the phone, light, asking nobody else for anything."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page

from pages.page_types import PAGE_TYPES
from tests.journeys.page_types import BY_PAGE_TYPE, NO_PAGES, by_route, every_page, routes
from tests.portal.in_browser import axe_in_every_light, cramped_khmer, foreign_parts, overflow, small_targets, stranded_marks
from tests.running import Portal

KILOBYTES = 1000


def test_every_kind_of_page_is_in_the_list(city: Portal) -> None:
    assert {*by_route(city.url), *NO_PAGES} == set(routes())
    for name in PAGE_TYPES:
        found = requests.get(f"{city.url}/api/v1/pages/", {"type": name, "language": "km", "limit": "100"}, timeout=60).json()["results"]
        assert BY_PAGE_TYPE[name]
        assert {f"/km/{path.partition('?')[0]}" for path in BY_PAGE_TYPE[name]} <= {page["path"] for page in found}


@pytest.mark.parametrize("language", ["km", "en", "zh-hans"])
def test_everybody_can_use_it(city: Portal, visit: Callable[..., Page], language: str) -> None:
    """At 360 and 1280 px, light and dark: axe; on the phone room and thumbs; each text under the `lang` of its letters."""
    page = visit(f"/{language}/", language=language)
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((city.url, "data:")) else elsewhere.append(asked.url))
    problems = []
    for path in every_page(city.url):
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(f"/{language}/{path}")
        found = overflow(page) + small_targets(page) + cramped_khmer(page) + stranded_marks(page) + foreign_parts(page)
        found += axe_in_every_light(page) + overflow(page)
        problems += [f"{path}: {what}" for what in dict.fromkeys(found)]
    assert problems == []
    assert elsewhere == []


def test_a_first_visit_costs_less_than_a_photograph(city: Portal) -> None:
    headers = {"Accept-Encoding": "gzip"}
    for path in every_page(city.url):
        answer = requests.get(f"{city.url}/km/{path}", headers=headers, timeout=60, stream=True)
        assert answer.status_code in (200, 400, 404), path
        assert len(answer.raw.read(decode_content=False)) <= 40 * KILOBYTES, path
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
