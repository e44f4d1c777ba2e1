"""The sample city, started once with `make run`'s own supervisor, and a real browser to walk through it."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.database import template
from tests.running import Portal, free_port


@pytest.hookimpl(tryfirst=True)  # before xdist looks at the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys walk through one city, so one process runs them all."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("city"))
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """A portal with the sample city; `city.password` is the administrator's."""
    var = tmp_path_factory.mktemp("city")
    shutil.copy(template(), var / "db.sqlite3")  # migrated; everything else is set up as at any first start
    portal = Portal(var, free_port())
    try:
        portal.wait_for("Ready: http://localhost")
        found = re.search(r"Password: (\S+)", portal.printed)
        assert found, portal.printed
        portal.password = found[1]
        portal.manage("worker", "--batch", "--worker-id", "journeys")  # what the sample left to do, such as drawing its charts
        yield portal
    finally:
        portal.stop()


@pytest.fixture
def visit(city: Portal, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """`visit(path, width=360, language="km")`: a page of the city in a browser of its own, as a first-time visitor."""
    contexts: list[BrowserContext] = []

    def go(path: str, *, width: int = 360, language: str = "km", **options: object) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, locale=language, base_url=city.url, accept_downloads=True, **options
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()


@pytest.fixture
def signed_in(city: Portal, visit: Callable[..., Page]) -> Page:
    """The administration, at a desk."""
    page = visit("/admin/login/", width=1280, language="en")
    page.fill("input[name=username]", "admin")
    page.fill("input[name=password]", city.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    return tmp_path
