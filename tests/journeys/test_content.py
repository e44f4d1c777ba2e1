"""Those who keep the texts true: a figure bound to its table, and a changed guide brought up to date in two languages."""

import re
from collections.abc import Callable
from pathlib import Path

import polib
import requests
from playwright.sync_api import Page, expect

from tests.running import Portal

TABLE = "sample-routes-and-stops"
GUIDE = "services/neighbourhood-centre/"
CHANGED = {
    "km": "មជ្ឈមណ្ឌលសហគមន៍បើករៀងរាល់ថ្ងៃធ្វើការ ហើយជួយអ្នករកព័ត៌មាន និងសេវា។",
    "en": "A neighbourhood centre is open every working day and helps you to find information and services.",
    "zh-hans": "社区中心每个工作日开放，帮您查找信息和服务。",
}


def publish(page: Page) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def page_id(city: Portal, path: str) -> int:
    return int(requests.get(f"{city.url}/api/v1/pages/", {"path": path}, timeout=30).json()["id"])


def test_an_editor_binds_a_living_fact_and_is_warned_when_its_data_go(signed_in: Page, city: Portal, visit: Callable[..., Page]) -> None:
    page = signed_in
    page.goto(f"/admin/pages/add/pages/plainpage/{page_id(city, '/km/')}/")
    page.fill("[name=title]", "ចំណតទាំងអស់")
    page.fill("[name=summary]", "ចំនួនចំណត តាមតារាង។")
    page.fill("[name=slug]", "all-stops")
    page.locator('[data-contentpath="body"] button[title="Insert a block"]').last.click()
    page.get_by_role("option", name="Living fact").click()
    page.fill("[name='body-0-value-label']", "ចំណតក្នុងតារាង")
    page.get_by_role("button", name="Choose a table").click()
    page.get_by_role("dialog").get_by_label("Search term").fill("stops")
    page.get_by_role("dialog").get_by_role("link", name="stops").click()
    page.locator("[name='body-0-value-shown_as']").select_option("count")
    page.fill("[name='body-0-value-columns-0-value']", "item_code")
    page.fill("[name='body-0-value-unit']", "ចំណត")
    page.fill("[name=slug]", "all-stops")  # Wagtail's own script may have emptied it, as a Khmer title makes no address
    publish(page)

    reader = visit("/km/all-stops/")
    fact = reader.locator("figure, .fact").filter(has_text="ចំណតក្នុងតារាង")
    expect(fact).to_contain_text("9")
    expect(fact.get_by_role("link").first).to_have_attribute("href", re.compile(TABLE))
    reader.goto(f"/km/dataset/{TABLE}/")
    expect(reader.locator("main")).to_contain_text("ចំណតទាំងអស់")

    page.goto("/admin/snippets/datasets/dataset/?q=ចំណត")
    page.get_by_role("link", name="Routes and stops (sample)").first.click()
    dataset = page.url
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("link", name="Unpublish").click()
    page.get_by_role("button", name="Yes, unpublish it").click()
    page.goto(f"/admin/pages/{page_id(city, '/km/all-stops/')}/edit/")
    expect(page.locator(".messages")).to_contain_text("Living fact “ចំណតក្នុងតារាង”: The data have been withdrawn.")
    page.goto("/admin/portal-reports/facts/")
    expect(page.locator("tr", has_text="ចំណតទាំងអស់")).to_contain_text("broken")
    reader.goto("/km/all-stops/")
    reader.reload()  # for a minute the browser shows what it has
    expect(reader.locator("main")).to_contain_text("តួលេខនេះមិនអាចបង្ហាញបានឥឡូវនេះទេ")

    page.goto(dataset)
    publish(page)
    reader.reload()
    expect(fact).to_contain_text("9")


def test_a_translator_brings_a_changed_guide_up_to_date_in_two_languages(
    signed_in: Page, city: Portal, visit: Callable[..., Page], downloads: Path
) -> None:
    page = signed_in
    page.goto(f"/admin/pages/{page_id(city, f'/km/{GUIDE}')}/edit/")
    title = page.locator("[name=title]").input_value()
    page.fill("[name=summary]", CHANGED["km"])
    publish(page)
    waiting = page.locator("tr", has_text=title)
    page.goto("/admin/portal-reports/waiting/")
    expect(waiting).to_have_count(2)
    expect(waiting.first).to_contain_text(f"changed: {CHANGED['km']}")
    waiting.first.get_by_role("link").click()
    page.locator("main form").get_by_role("button").first.click()  # the new text goes to the translators
    reader = visit(f"/en/{GUIDE}", language="en")
    expect(reader.locator(".lead")).not_to_have_text(CHANGED["en"])

    page.goto("/admin/portal-reports/waiting/?language=en")
    waiting.get_by_role("link").click()
    page.locator("li.incomplete").get_by_role("button", name="Translate").click()
    page.locator("main textarea:visible").fill(CHANGED["en"])
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):  # the list says so before the server does
        page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("li.incomplete")).to_have_count(0)
    page.goto("/admin/portal-reports/waiting/?language=en")
    expect(page.locator("tr", has_text="translated, but not published")).to_have_count(1)
    page.locator("tr", has_text="translated, but not published").get_by_role("link").click()
    page.get_by_role("button", name="Publish in English").click()
    expect(page.locator(".messages")).to_contain_text("is published in English")

    page.goto("/admin/portal-reports/waiting/?language=zh-hans")
    waiting.get_by_role("link").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download PO file").click()
    file = downloads / "guide.po"
    started.value.save_as(file)
    texts = polib.pofile(str(file))
    (missing,) = (entry for entry in texts if not entry.msgstr)
    missing.msgstr = CHANGED["zh-hans"]
    texts.save()
    with page.expect_navigation():
        page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Publish in 简体中文").click()
    expect(page.locator(".messages")).to_contain_text("is published in")
    for language, words in CHANGED.items():
        reader = visit(f"/{language}/{GUIDE}", language=language)
        expect(reader.locator(".lead")).to_have_text(words)
    page.goto("/admin/portal-reports/waiting/")
    expect(waiting).to_have_count(0)
