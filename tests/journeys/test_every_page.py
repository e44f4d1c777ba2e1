"""The pages of the real sample city that hold data: accessible, within the phone, light, asking nobody else for anything."""

from collections.abc import Callable

import pytest
import requests
from playwright.sync_api import Page

from tests.portal.in_browser import axe_findings, cramped_khmer, overflow, small_targets
from tests.running import Portal

KILOBYTES = 1000
DATASET = "dataset/cambodia-communes-districts-provinces/"
PATHS = ["", "dataset/", DATASET, "organization/", "group/", "search/?q=ដីធ្លី", "search/?q=land&kind=dataset", "api/", "about/", "place/"]


def paths(city: Portal) -> list[str]:
    dataset = requests.get(f"{city.url}/api/v1/datasets/cambodia-communes-districts-provinces/", timeout=30).json()
    resource = f"{DATASET}resource/{dataset['resources'][0]['id']}/"
    return [*PATHS, resource, f"{resource}report/"]


@pytest.mark.parametrize(("language", "width", "scheme"), [("km", 360, "light"), ("en", 1280, "dark"), ("zh-hans", 320, "light")])
def test_everybody_can_use_it(city: Portal, visit: Callable[..., Page], language: str, width: int, scheme: str) -> None:
    page = visit(f"/{language}/", width=width, color_scheme=scheme)
    elsewhere: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((city.url, "data:")) else elsewhere.append(asked.url))
    problems = []
    for path in paths(city):
        page.goto(f"/{language}/{path}")
        found = axe_findings(page) + overflow(page) + cramped_khmer(page) + (small_targets(page) if width < 400 else [])
        problems += [f"{path}: {what}" for what in found]
    assert problems == []
    assert elsewhere == []


def test_a_first_visit_costs_less_than_a_photograph(city: Portal) -> None:
    headers = {"Accept-Encoding": "gzip"}
    for path in paths(city):
        answer = requests.get(f"{city.url}/km/{path}", headers=headers, timeout=60, stream=True)
        assert answer.status_code == 200, path
        assert len(answer.raw.read(decode_content=False)) <= 40 * KILOBYTES, path
        assert "Set-Cookie" not in answer.headers, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
