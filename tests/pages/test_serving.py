"""Public pages are cheap, whole-page cacheable, and know nothing of who reads them."""

import re
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .conftest import EVICTION, VACCINATION, page_of

pytestmark = pytest.mark.usefixtures("city")
PATHS = [
    "",
    EVICTION,
    VACCINATION,
    "health/",
    "initiatives/",
    "initiatives/housing-and-land/",
    "privacy/",
    "place/",
    "place/sample-legal-aid/",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["km", "zh-hans"])
def test_a_guide_asks_the_database_at_most_ten_times_and_any_page_twenty(client: Client, language: str, path: str) -> None:
    client.get(f"/km/{VACCINATION}")  # site root paths and explained words, as after the first visit of the day
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    is_guide = path in (EVICTION, VACCINATION)  # the latter is not in Chinese
    assert len(queries) <= (10 if is_guide else 20), "\n".join(query["sql"][:200] for query in queries)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same_for_everybody(client: Client, path: str) -> None:
    answer = client.get(f"/en/{path}")
    assert "Cookie" not in answer.get("Vary", "")
    assert "Accept-Language" not in answer.get("Vary", "")
    assert not answer.cookies
    html = answer.content.decode()
    assert "csrfmiddlewaretoken" not in html
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", html)


def test_crawlers_are_led_to_the_sitemap_and_away_from_questions(client: Client) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    rules = RobotFileParser()
    rules.parse(answer.content.decode().splitlines())
    assert rules.site_maps() == ["http://localhost:8000/sitemap.xml"]
    for path in ("/km/", f"/km/{EVICTION}", "/en/dataset/", "/catalog.ttl", "/api/3/action/package_list"):
        assert rules.can_fetch("a crawler", path), path
    assert not rules.can_fetch("a crawler", "/admin/login/")


def test_the_sitemap_lists_every_language_of_every_text_but_no_sample(client: Client) -> None:
    page = page_of("eviction-notice", "km")
    xml = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://localhost:8000/km/privacy/</loc>" in xml
    assert '<xhtml:link rel="alternate" hreflang="zh-hans" href="http://localhost:8000/zh-hans/privacy/"/>' in xml
    assert EVICTION not in xml, "sample"
    page.is_sample, page.legal_basis = False, []
    page.save_revision().publish()
    xml = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://localhost:8000/km/{EVICTION}</loc>" in xml
    assert f"<loc>http://localhost:8000/en/{EVICTION}</loc>" not in xml, "its English text is still sample"


@pytest.mark.parametrize("address", ["/api/v1/pages/999999/", "/api/nothing/", "/sitemap.xml"])
def test_machines_are_never_sent_to_a_language(client: Client, address: str) -> None:
    assert client.get(address, headers={"accept-language": "zh-CN"}).status_code in (200, 404)


def test_a_place_is_read_in_each_language(client: Client) -> None:
    assert "ការិយាល័យជំនួយផ្នែកច្បាប់ (គំរូ)" in client.get("/km/place/sample-legal-aid/").content.decode()
    assert "法律援助处（示例）" in client.get("/zh-hans/place/sample-legal-aid/").content.decode()
    assert "Legal aid office (sample)" in client.get("/en/place/").content.decode()
    assert client.get("/en/place/no-such-place/").status_code == 404
