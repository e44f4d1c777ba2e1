"""One Chromium for everything that needs a real browser, in whatever room: Playwright allows one instance a process."""

import os
import shutil
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), "")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM:
        reason = "Chromium is not installed: apt install chromium"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    # Playwright's event loop stays on this thread; Django would take every later test for asynchronous code and refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def small_city(db: None) -> Iterator[str]:
    """The address of a server on this test's own connection: rolled back afterwards, where `live_server` would empty the database."""
    connection = connections["default"]  # itself, not the proxy that means another one in another thread
    if connection.vendor != "sqlite":
        pytest.skip("browser tests run on the embedded database")
    from tests.portal.small_city import build

    build()
    connection.inc_thread_sharing()
    server = LiveServerThread("localhost", static_handler=StaticFilesHandler, connections_override={"default": connection})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()  # its last threads still hold the connection, so sharing stays allowed
