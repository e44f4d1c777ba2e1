"""A draft, shown by a front end of others: from the editor's preview by a signed token, for an hour, to nobody else."""

import html
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from .conftest import page_of

pytestmark = pytest.mark.usefixtures("city")
DRAFT = "ចំណងជើងព្រាង"


@pytest.fixture
def frame(settings: Any, sign_in: Callable[..., Client]) -> str:
    """What the preview panel shows of a draft that differs from the published page."""
    settings.HEADLESS_PREVIEW_URL = "https://front.example/preview"
    page = page_of("vaccination", "km")
    page.title = DRAFT
    page.save_revision()
    address = reverse("wagtailadmin_pages:view_draft", args=[page.pk])
    return sign_in().get(address, {"mode": "headless"}).content.decode()


def token_in(frame: str) -> str:
    (source,) = re.findall(r'<iframe src="([^"]+)"', frame)
    parts = urlsplit(html.unescape(source))
    assert (parts.hostname, parts.path) == ("front.example", "/preview")
    assert parse_qs(parts.query)["locale"] == ["km"]
    return parse_qs(parts.query)["token"][0]


def test_the_frame_s_token_opens_the_draft_and_no_cache_keeps_it(frame: str, client: Client) -> None:
    answer = client.get("/api/v1/preview/", {"token": token_in(frame)})
    assert answer.status_code == 200
    assert answer.json()["title"] == DRAFT
    assert answer.json()["content"]["steps"][0]["type"] == "step"
    assert answer["Cache-Control"] == "private, no-store"
    assert Page.objects.get(slug="vaccination", locale__language_code="km").title != DRAFT
    assert DRAFT not in client.get("/api/v1/pages/", {"limit": "100"}).content.decode()


def test_nothing_leaks_without_a_token_with_another_or_after_an_hour(frame: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = token_in(frame)
    for wrong in ("", "ក", token[:-1], token.replace("health_guide", "home", 1), signing.dumps("draft:1")):
        answer = client.get("/api/v1/preview/", {"token": wrong})
        assert answer.status_code == 404
        assert DRAFT not in answer.content.decode()
    later = signing.time.time() + 3601
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client.get("/api/v1/preview/", {"token": token}).status_code == 404


def test_the_panel_offers_the_other_front_end_only_where_there_is_one(settings: Any) -> None:
    page = page_of("vaccination", "km")
    assert [name for name, _label in page.preview_modes] == [""]
    settings.HEADLESS_PREVIEW_URL = "https://front.example/"
    assert [name for name, _label in page.preview_modes] == ["", "headless"]
