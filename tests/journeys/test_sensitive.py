"""An eviction notice: a reader answers, reads, leaves in a hurry, and nothing of it is left behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.running import Portal

JOURNEY = "/km/land-and-housing/notice-to-leave/"
GUIDE = "/km/land-and-housing/eviction-notice/"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_questions_lead_to_legal_aid(visit: Callable[..., Page], scripts: bool) -> None:
    page = visit(JOURNEY, java_script_enabled=scripts)
    for answer in ("ទេ គ្មានគ្រោះថ្នាក់ទេ", "មាន លិខិត ឬរូបថតលិខិត", "បន្ត", "គ្មានឯកសារអ្វីទេ"):
        page.locator(".journey > section:visible a.button", has_text=answer).click()
    expect(page.locator(".journey > section:visible")).to_have_count(1)
    page.locator(".journey > section:visible h3 a").first.click()
    expect(page.locator("h1")).to_contain_text("សិទ្ធិអ្វីខ្លះលើលំនៅឋាន")
    expect(page.locator("#help ~ ul")).to_contain_text("ជំនួយផ្នែកច្បាប់")


@pytest.mark.parametrize("way", ["button", "keys", "without scripts"])
def test_leaving_is_quick(visit: Callable[..., Page], way: str) -> None:
    page = visit("/km/", java_script_enabled=way != "without scripts")
    page.route("https://www.google.com/**", lambda asked: asked.fulfill(body="<h1>weather</h1>", content_type="text/html"))
    page.goto(GUIDE)
    if way == "keys":
        for _ in range(3):
            page.keyboard.press("Escape")
    else:
        page.locator("[data-leave]").click()
    expect(page.locator("h1")).to_have_text("weather")
    if way != "without scripts":
        page.go_back()
        assert GUIDE not in page.url, "the page gave up its place in the list"


def test_nothing_is_left_behind(city: Portal, visit: Callable[..., Page]) -> None:
    page = visit(JOURNEY)
    kept = []
    page.on("response", lambda answer: kept.append(answer) if "land-and-housing" in answer.url else None)
    referrers = []
    page.on("request", lambda asked: referrers.append(asked.headers.get("referer", "")))
    page.goto(JOURNEY)
    page.locator(".journey > section:visible a.button").last.click()
    page.goto(GUIDE)
    page.locator(".languages a[lang=en]").click()
    page.locator("button[name=useful][value=no]").click()
    expect(page.locator("textarea")).to_be_visible()
    assert kept
    for answer in kept:
        assert "no-store" in answer.headers["cache-control"], answer.url
        assert "set-cookie" not in answer.headers
    assert not [told for told in referrers if "land-and-housing" in told]
    assert page.context.cookies() == []
    stored = "[localStorage.length, sessionStorage.length]"
    assert page.evaluate(stored) == [0, 0]
    assert page.evaluate("async () => [await caches.keys(), (await indexedDB.databases()).length]") == [[], 0]
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert "notice" not in city.printed
