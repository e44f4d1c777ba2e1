"""A reader types as people type, and gets on: Khmer without spaces, variants, slips, Chinese, on a phone, or finding nothing."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def ask(page: Page, words: str) -> None:
    field = page.locator("main .search-form input, .site-header .search-form input").first
    field.fill(words)
    field.press("Enter")
    page.wait_for_url("**/search/?q=*")


@pytest.mark.parametrize(
    ("language", "words", "title"),
    [
        ("km", "ចុះបញ្ជីដីធ្លី", "តើខ្ញុំចុះបញ្ជីដីធ្លីដោយរបៀបណា?"),
        ("km", "បណ្ដេញចេញ", "ខ្ញុំទទួលបានលិខិតឱ្យចាកចេញពីផ្ទះ"),  # ្ដ for ្ត
        ("zh-hans", "驱逐", "驱逐"),
    ],
)
def test_words_inside_titles_and_texts_are_found(visit: Visit, language: str, words: str, title: str) -> None:
    page = visit(f"/{language}/", language=language)
    ask(page, words)
    expect(page.locator("mark").first).to_be_visible()
    expect(page.locator(".result").filter(has_text=title).first).to_be_visible()
    addresses = [link.get_attribute("href") for link in page.locator(".result h2 a").all()]
    assert len(addresses) == len(set(addresses)), "each text once"


def test_a_slip_is_corrected_by_a_link(visit: Visit) -> None:
    page = visit("/en/", language="en")
    ask(page, "eviciton")
    expect(page.get_by_role("status")).to_contain_text("Nothing found for “eviciton”")
    page.get_by_role("link", name="eviction", exact=True).click()
    expect(page).to_have_url(re.compile(r"q=eviction$"))
    expect(page.locator("mark").first).to_contain_text(re.compile("evict", re.IGNORECASE))


def test_titles_come_while_typing_and_are_chosen_by_keyboard(visit: Visit) -> None:
    page = visit("/km/")
    field = page.get_by_role("combobox")
    field.press_sequentially("ចុះបញ្ជី")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("ចុះបញ្ជី")
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    field.press("Escape")
    expect(option).to_be_hidden()
    field.press_sequentially("ដី")
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ចុះបញ្ជី")


def test_facets_on_a_phone_narrow_to_exactly_what_they_promise(visit: Visit) -> None:
    page = visit("/en/search/?q=villages", language="en")
    page.locator("summary", has_text="Filters").click()
    choice = page.locator("label.choice", has_text="Dataset")
    promised = choice.locator(".count").inner_text()
    choice.locator("input").check()
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_role("status")).to_contain_text(re.compile(rf"^\s*{promised} results?"))
    assert page.locator(".result").count() == int(promised)


def test_nothing_found_leads_on(visit: Visit) -> None:
    page = visit("/en/search/?q=zzzqqq", language="en")
    expect(page.get_by_role("heading", name="Nothing found for “zzzqqq”")).to_be_visible()
    page.get_by_text("Topics that come near:").get_by_role("link").last.click()
    expect(page.locator(".result").first).to_be_visible()


def test_a_journalist_types_a_village_unspaced_and_reaches_its_rows(visit: Visit) -> None:
    page = visit("/km/")
    ask(page, "ភូមិអូរឧកញ៉ាហេង")
    row = page.locator(".result a[href*='/resource/']").filter(has_text="អូរឧកញ៉ាហេង").first
    row.click()
    expect(page.locator("table tbody tr").first).to_contain_text("អូរឧកញ៉ាហេង")
