"""Sensitive pages leave as little behind as a site can."""

import logging

import pytest
from django.test import Client

from portal.masking import MaskSensitivePaths

from .conftest import EVICTION, page_of
from .test_journeys import JOURNEY

pytestmark = pytest.mark.usefixtures("city")


def be(slug: str, sensitive: str) -> None:
    page = page_of(slug, "km")
    page.sensitive = sensitive
    page.save_revision().publish()


def is_kept(client: Client, path: str) -> bool:
    return "no-store" not in client.get(path)["Cache-Control"]


def test_a_sensitive_page_is_kept_by_nobody_and_tells_nobody(client: Client) -> None:
    answer = client.get(f"/km/{JOURNEY}")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in answer
    assert not answer.cookies
    html = answer.content.decode()
    assert "ចាកចេញពីទំព័រនេះភ្លាម" in html
    assert 'rel="noreferrer nofollow" data-leave' in html


@pytest.mark.parametrize(("topic", "guide", "kept"), [("", "", True), ("yes", "", False), ("yes", "no", True), ("no", "yes", False)])
def test_a_guide_is_as_sensitive_as_its_topic_unless_it_says_otherwise(client: Client, topic: str, guide: str, kept: bool) -> None:
    be("land-and-housing", topic)
    be("eviction-notice", guide)
    for language in ("km", "en", "zh-hans"):
        assert is_kept(client, f"/{language}/{EVICTION}") is kept, f"{language}: all languages are as sensitive as the Khmer text"


def test_a_page_shown_in_its_source_language_is_as_sensitive(client: Client) -> None:
    be("vaccination", "yes")
    assert not is_kept(client, "/zh-hans/health/vaccination/"), "it is not translated into Chinese"


def test_a_sensitive_page_offers_no_file_to_keep(client: Client) -> None:
    be("vaccination", "yes")
    assert "?papers" not in client.get("/en/health/vaccination/").content.decode()
    assert client.get("/en/health/vaccination/?papers")["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(("path", "shown"), [(JOURNEY, "/km/…"), ("privacy/", "/km/privacy/"), ("no/such/page/", "/km/…")])
def test_the_log_of_a_failure_does_not_name_a_sensitive_page(
    client: Client, caplog: pytest.LogCaptureFixture, path: str, shown: str
) -> None:
    handler = logging.StreamHandler()
    request = client.get(f"/km/{path}").wsgi_request
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (request.path,), None)
    record.request = request
    handler.addFilter(MaskSensitivePaths())
    assert handler.filter(record)
    assert record.getMessage() == f"Internal Server Error: {shown}"
