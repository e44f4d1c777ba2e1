"""An official on a phone, without scripts and without a mouse: which data are missing, and who owes them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.portal.in_browser import tab_to


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_grid_to_who_owes_the_data(visit: Callable[..., Page], scripts: bool) -> None:
    page = visit("/km/gaps/", java_script_enabled=scripts)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    red = page.locator("td p", has=page.locator(".badge.bad")).first
    missing = red.get_by_role("link")
    expect(red.locator(".badge")).to_have_text("ខ្វះ")  # a word, not the colour alone
    title = missing.inner_text()
    tab_to(page, "td p:has(.badge.bad) a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/km/gaps/*/")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    owes = page.locator("dt", has_text="អ្នកដែលត្រូវផ្តល់ទិន្នន័យ").locator("xpath=following-sibling::dd[1]")
    expect(owes.get_by_role("link").first).to_be_visible()
    expect(page.get_by_text("មិនទាន់មានការបោះពុម្ពផ្សាយទេ។")).to_be_visible()
