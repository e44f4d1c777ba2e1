"""The components of the theme, and ways of reading, in a browser; `journeys/test_every_page.py` walks through all page types."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.portal.in_browser import axe_in_every_light, cramped_khmer, overflow, small_targets, walk_of_focus
from tests.portal.theme_page import LANGUAGES, theme_page

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("city"), pytest.mark.timeout(400)]
Open = Callable[..., Page]


@pytest.fixture
def open_page(small_city: str, chromium: Browser) -> Iterator[Open]:
    """`open_page("km", "land/", width=360, scheme="dark")`; whatever the browser complains about or asks elsewhere fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def show(language: str, path: str, *, width: int = 360, scheme: str = "light", **options: Any) -> Page:
        for context in contexts:
            context.close()
        contexts[:] = [chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)]
        contexts[0].route("**/theme/", lambda route: _fulfil(route, language))
        page = contexts[0].new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" and "404" not in said.text else None)
        page.on("request", lambda asked: None if asked.url.startswith((small_city, "data:")) else complaints.append(asked.url))
        page.goto(f"{small_city}/{language}/{path}")
        return page

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


def _fulfil(route: Route, language: str) -> None:
    route.fulfill(body=theme_page(language), content_type="text/html")


def _walk(found: dict[str, list[str]]) -> None:
    problems = {where: what for where, what in found.items() if what}
    assert not problems, "\n".join(f"{where}: {line}" for where, what in problems.items() for line in what)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_stands_in_every_language_and_light(open_page: Open, language: str) -> None:
    page = open_page(language, "theme/", width=320)
    assert overflow(page) + small_targets(page) + cramped_khmer(page) + axe_in_every_light(page) + overflow(page) == []


def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page: Open) -> None:
    _walk({path: walk_of_focus(open_page("km", path, width=1280)) for path in ("", "land/eviction-notice/", "theme/")})


def test_the_first_key_skips_to_the_content(open_page: Open) -> None:
    page = open_page("en", "land/eviction-notice/")
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_without_scripts_filters_open_and_nothing_is_promised(open_page: Open) -> None:
    phone = open_page("en", "theme/", java_script_enabled=False)
    assert not phone.locator(".facets input").is_visible()
    phone.locator(".facets summary").click()
    assert phone.locator(".facets input").is_visible()
    assert not phone.locator("[data-print]:visible").count()
    desk = open_page("en", "theme/", width=1280, java_script_enabled=False)
    assert desk.locator(".facets input").is_visible()


def test_paper_gets_the_text_and_not_the_controls(open_page: Open) -> None:
    page = open_page("km", "land/eviction-notice/")
    page.emulate_media(media="print")
    for gone in (".search-form", ".languages", ".crumbs", "[data-print]", ".site-footer nav"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".steps").is_visible()
    assert page.locator(".answers details p").first.is_visible()


def test_nothing_moves(open_page: Open) -> None:
    page = open_page("km", "theme/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    assert page.evaluate("document.getAnimations().length") == 0
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0
