"""A map with streets: nothing of it without a tile server, nothing asked of that server before a reader presses the button."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from pages.models import Notice, Place
from tests.portal.in_browser import axe_findings
from tests.portal.small_city import build

NAME = "មណ្ឌលសុខភាពស្ទឹងហាវ (គំរូ)"
AREA = {"type": "Polygon", "coordinates": [[[103.60, 10.60], [103.64, 10.60], [103.64, 10.64], [103.60, 10.60]]]}


@dataclass
class Tiles:
    """A tile server of the test's own; `asked` are the paths and where the requests say they come from."""

    url: str
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@pytest.fixture
def tiles(settings: Any) -> Iterator[Tiles]:
    picture = BytesIO()
    Image.new("RGB", (256, 256), "#dde").save(picture, "PNG")

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.path, self.headers["Referer"]))
            self.send_response(200)
            self.send_header("Content-Type", "image/png")
            self.end_headers()
            self.wfile.write(picture.getvalue())

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    found = Tiles(f"http://127.0.0.1:{server.server_port}")
    settings.TILE_URL, settings.TILE_ATTRIBUTION = found.url + "/{z}/{x}/{y}.png", "© <a href='https://example.org/'>អ្នកធ្វើផែនទី</a>"
    settings.STATICFILES_DIRS = [("leaflet", Path(find_spec("leaflet").origin).parent / "static" / "leaflet")]
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def place(db: None) -> Place:
    return Place.objects.create(slug="stung-hav", kind="health", name_km=NAME, latitude="10.63", longitude="103.62")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, reduced_motion="reduce")
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert complaints == []


@pytest.mark.journey
@pytest.mark.xdist_group("city")
def test_streets_are_fetched_for_whoever_asks(tiles: Tiles, place: Place, small_city: str, page: Page) -> None:
    scripts: list[str] = []
    page.on("request", lambda asked: scripts.append(asked.url))
    page.goto(f"{small_city}/km/place/")
    page.get_by_text("បង្ហាញលើផែនទី").click()
    press = page.get_by_role("button", name="ផែនទីមានផ្លូវ")
    expect(press).to_be_visible()
    assert tiles.asked == []
    assert not [url for url in scripts if "leaflet" in url]

    press.press("Enter")
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    assert {origin for _path, origin in tiles.asked} == {f"{small_city}/"}, "the site's name, and not the page"
    expect(page.locator(".streets")).to_contain_text("អ្នកធ្វើផែនទី")
    assert axe_findings(page) == []

    marker = page.locator(".streets").get_by_role("button", name=NAME)
    marker.focus()
    page.keyboard.press("Enter")
    link = page.locator(".streets").get_by_role("link", name=NAME)
    expect(link).to_be_focused()
    page.keyboard.press("Escape")
    expect(link).to_have_count(0)
    expect(marker).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{small_city}/km/place/stung-hav/")


@pytest.mark.journey
@pytest.mark.xdist_group("city")
def test_the_area_of_a_notice_lies_on_the_streets_too(tiles: Tiles, small_city: str, page: Page) -> None:
    Notice.objects.create(
        slug="plan", kind="plan", title_km="ប្លង់សង្កាត់លេខ 2", area=AREA, published_on="2026-11-16", deadline="2027-01-15", is_sample=True
    )
    page.goto(f"{small_city}/km/notices/plan/")
    page.get_by_role("button", name="ផែនទីមានផ្លូវ").click()
    expect(page.locator(".streets path.area")).to_be_visible()
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()


def test_only_pages_with_a_map_may_show_tiles(client: Client, tiles: Tiles, place: Place) -> None:
    build()
    for path in ("/km/place/", "/km/place/stung-hav/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert f"img-src 'self' data: {tiles.url};" in policy + ";"
    for path in ("/km/", "/km/land/eviction-notice/", "/km/place/?kind=school"):
        answer = client.get(path)
        assert tiles.url not in answer["Content-Security-Policy"]
        assert b"data-tiles" not in answer.content


def test_without_a_tile_server_there_is_nothing_of_it(client: Client, place: Place) -> None:
    for path in ("/km/place/", "/km/place/stung-hav/"):
        answer = client.get(path)
        assert b"streets" not in answer.content
        assert "http" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [("10.50", "103.20", True), ("13.36", "103.86", True), ("10.63", "103.62", False)],
    ids=["at sea", "in another province", "on land"],
)
def test_a_sample_off_the_land_is_told_in_words(client: Client, place: Place, latitude: str, longitude: str, said: bool) -> None:
    Place.objects.update(latitude=latitude, longitude=longitude, is_sample=True)
    for path in ("/km/place/", "/km/place/stung-hav/"):
        html = client.get(path).content.decode()
        assert ("ស្ថិតនៅក្នុងសមុទ្រ ឬក្រៅខេត្ត" in html) is said
        assert ('aria-describedby="off-land"' in html) is said
