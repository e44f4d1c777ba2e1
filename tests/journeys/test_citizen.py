"""A citizen with a cheap phone: arrives in Khmer, searches, reads a rights guide, changes language, prints."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_front_door_to_a_rights_guide_in_two_languages(visit: Visit, scripts: bool) -> None:
    page = visit("/", java_script_enabled=scripts)
    expect(page).to_have_url("/km/")
    assert page.locator("html").get_attribute("lang") == "km"

    page.locator("main input[name=q]").fill("ដីធ្លី")
    page.locator("main input[name=q]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "ដីធ្លី" in page.locator("main mark").all_inner_texts()

    page.locator("main").get_by_role("link", name="ចុះបញ្ជីដីធ្លី").first.click()
    expect(page).to_have_url("/km/land-and-housing/land-registration/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("ដីធ្លី")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, "nothing sticks out of the phone"

    page.get_by_role("link", name="English").first.click()
    expect(page).to_have_url("/en/land-and-housing/land-registration/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("land")
    page.get_by_role("link", name="简体中文").first.click()
    expect(page).to_have_url("/zh-hans/land-and-housing/land-registration/")
    assert page.context.cookies() == [], "a reader is given nothing to carry"


def test_a_guide_prints_as_text_on_paper(visit: Visit) -> None:
    page = visit("/km/land-and-housing/eviction-notice/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("search").first).to_be_hidden()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_the_keyboard_reaches_the_text_first(visit: Visit) -> None:
    page = visit("/km/", width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_word_that_nobody_wrote_ends_with_a_way_on(visit: Visit) -> None:
    page = visit("/km/search/?q=ឃឃឃឃឃឃឃ")
    expect(page.locator("main").get_by_role("link").first).to_be_visible()
    assert page.locator("main mark").count() == 0
