"""A guide saved at home and read where there is no network; the sheet of paper; and what may never be saved."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

GUIDE = "/km/health/child-vaccination/"
PLACE = "/km/place/"
EVICTION = "/km/land-and-housing/eviction-notice/"
KEPT = "async () => (await Promise.all((await caches.keys()).map(async n => (await (await caches.open(n)).keys()).map(r => r.url)))).flat()"


def test_a_vaccination_guide_is_saved_and_read_offline(visit: Callable[..., Page]) -> None:
    page = visit(GUIDE)
    title = page.locator("h1").inner_text()
    assert page.evaluate(KEPT) == [], "nothing is kept before the reader asks"
    page.get_by_role("button", name="រក្សាទុកសម្រាប់ពេលគ្មានបណ្តាញ").first.click()
    expect(page.locator("[data-keep-said]").first).to_have_text("បានរក្សាទុកក្នុងឧបករណ៍នេះ។ វាបើកបានដោយគ្មានបណ្តាញ។")
    page.goto(EVICTION)
    expect(page.locator("[data-keep]")).to_have_count(0)
    assert not [url for url in page.evaluate(KEPT) if "eviction" in url]

    page.context.set_offline(True)
    page.goto(GUIDE)
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".steps > li").first).to_be_visible()
    expect(page.locator("[data-offline]")).to_contain_text("ថ្ងៃនេះ")
    assert page.evaluate("getComputedStyle(document.querySelector('.in-short')).borderTopStyle") == "solid", "with its style"
    page.goto(EVICTION)
    expect(page.locator("[data-offline]")).to_contain_text("គ្មានបណ្តាញ")
    expect(page.locator("[data-saved-list] a")).to_have_text(title)
    page.goto("/zh-hans/dataset/")
    expect(page.locator("h1")).to_have_text("保存在本设备上")

    page.locator("[data-saved-list] button").click()
    expect(page.locator("[data-saved-none]")).to_be_visible()
    assert page.evaluate("async () => [await caches.keys(), (await navigator.serviceWorker.getRegistrations()).length]") == [[], 0]


def test_the_eviction_notice_fits_on_one_sheet_with_help_and_a_code(visit: Callable[..., Page]) -> None:
    page = visit("/km/search/?q=លិខិតបណ្តេញចេញ")
    page.locator(f'.result a[href="{EVICTION}"]').first.click()
    page.locator('a[href="?sheet"]').click()
    expect(page.locator(".sheet")).to_contain_text("ជំនួយផ្នែកច្បាប់")
    assert page.evaluate(KEPT) == []
    page.emulate_media(media="print")
    expect(page.locator(".sheet-foot svg")).to_be_visible()
    expect(page.locator("[data-leave]")).to_be_hidden()
    for language in ("km", "en", "zh-hans"):
        page.goto(EVICTION.replace("/km/", f"/{language}/") + "?sheet")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1, language


def test_the_telephone_may_put_the_site_on_its_screen(visit: Callable[..., Page]) -> None:
    page = visit("/en/")
    errors = page.context.new_cdp_session(page).send("Page.getAppManifest")
    assert errors["errors"] == []
    assert '"start_url": "/en/"' in errors["data"]
