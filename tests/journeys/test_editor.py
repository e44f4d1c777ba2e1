"""An editor uploads a faulty file, understands the report, uploads the mended file, publishes; a translator brings a page into English."""

import re
from collections.abc import Callable

import requests
from playwright.sync_api import Page, expect

from tests.running import Portal

FAULTY = "លេខកូដ,ភូមិ,អណ្តូង\n180101,អូរ១,12\n180102,អូរ២,ច្រើន\n180103,អូរ៣,7\n"
MENDED = FAULTY.replace("ច្រើន", "9")


def upload(page: Page, content: str) -> None:
    """Choose the file, send it, and say what its columns hold when asked."""
    page.set_input_files("[name=file]", files=[{"name": "អណ្តូង.csv", "mimeType": "text/csv", "buffer": content.encode()}])
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("button", name="Confirm and check every cell")).to_be_visible(timeout=60_000)


def test_from_a_faulty_file_to_a_public_table(signed_in: Page, city: Portal, visit: Callable[..., Page]) -> None:
    page = signed_in
    page.goto("/admin/snippets/datasets/dataset/add/")
    page.fill("[name=title_km]", "អណ្តូងទឹកតាមភូមិ")
    page.fill("[name=summary_km]", "ចំនួនអណ្តូងទឹកក្នុងភូមិនីមួយៗ។")
    page.get_by_role("tab", name="Catalogue").click()
    page.locator("[name=organization]").select_option(label="Sample data office")
    page.fill("[name=name]", "wells-by-village")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Files").first.click()

    page.get_by_role("link", name="Add a file or a link").click()
    page.fill("[name=name_km]", "អណ្តូង")
    upload(page, FAULTY)
    page.locator("[name='column-2-type']").select_option("integer")
    page.get_by_role("button", name="Confirm and check every cell").click()

    expect(page.get_by_role("heading", name=re.compile(r"^Row 3, អណ្តូង"))).to_be_visible(timeout=60_000)
    expect(page.locator("main mark")).to_have_text("ច្រើន")

    page.get_by_role("link", name="Upload a mended file").first.click()
    page.fill("[name=note]", "អូរ២ បានរាប់ឡើងវិញ")
    upload(page, MENDED)
    expect(page.locator("[name='column-2-type']")).to_have_value("integer")
    page.get_by_role("button", name="Confirm and check every cell").click()
    expect(page.locator("main")).to_contain_text("3 rows were checked, and nothing is wrong.", timeout=60_000)

    page.get_by_role("link", name="All files of this dataset").click()
    dataset = requests.get(f"{city.url}/api/v1/datasets/wells-by-village/", timeout=30)
    assert dataset.status_code == 404, "a draft is nobody's business yet"
    page.goto("/admin/snippets/datasets/dataset/")
    page.get_by_role("link", name="អណ្តូងទឹកតាមភូមិ").first.click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")

    reader = visit("/km/dataset/wells-by-village/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("អណ្តូងទឹកតាមភូមិ")
    expect(reader.locator("main")).to_contain_text("អូរ២ បានរាប់ឡើងវិញ")
    resource = requests.get(f"{city.url}/api/v1/datasets/wells-by-village/", timeout=30).json()["resources"][0]
    rows = requests.get(f"{city.url}/api/v1/resources/{resource['id']}/rows/?អណ្តូង__gte=9", timeout=30).json()
    assert rows["count"] == 2


def test_a_page_written_in_khmer_is_translated_and_published(signed_in: Page, city: Portal, visit: Callable[..., Page]) -> None:
    page = signed_in
    home = requests.get(f"{city.url}/api/v1/pages/?path=/km/", timeout=30).json()
    page.goto(f"/admin/pages/add/pages/plainpage/{home['id']}/")
    page.fill("[name=slug]", "market-hours")
    page.fill("[name=title]", "ម៉ោងបើកទីផ្សារ")
    page.fill("[name=summary]", "ទីផ្សារបើករាល់ព្រឹក។")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("created and published")

    untranslated = visit("/en/market-hours/", language="en")
    expect(untranslated.get_by_role("heading", level=1)).to_have_text("ម៉ោងបើកទីផ្សារ")
    assert untranslated.locator("[lang=km] h1, h1[lang=km]").count() == 1, "source text in its own language"

    source = requests.get(f"{city.url}/api/v1/pages/?path=/km/market-hours/", timeout=30).json()
    page.goto(f"/admin/localize/submit/page/{source['id']}/")
    page.get_by_label("English").check()
    page.locator("main form").get_by_role("button").first.click()
    for khmer, english in (("ម៉ោងបើកទីផ្សារ", "Market hours"), ("ទីផ្សារបើករាល់ព្រឹក។", "The market opens every morning.")):
        page.locator("li.incomplete", has_text=khmer).get_by_role("button", name="Translate").click()
        page.locator("main textarea:visible").fill(english)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("li.incomplete", has_text=khmer)).to_have_count(0)
    page.get_by_role("button", name="Publish in English").click()
    expect(page.locator(".messages")).to_contain_text("ublished")

    translated = visit("/en/market-hours/", language="en")
    expect(translated.get_by_role("heading", level=1)).to_have_text("Market hours")
