"""An editor uploads a faulty file, understands the report, mends it, publishes; a translator brings a page into English."""

import io
import re
from collections.abc import Callable

import requests
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from datasets.selectors import SHIPPED_CROSSWALK
from datasets.tabular.crosswalk import read_crosswalk
from tests.running import Portal

FAULTY = "លេខកូដ,ភូមិ,អណ្តូង\n180101,អូរ១,12\n180102,អូរ២,ច្រើន\n180103,អូរ៣,7\n"
MENDED = FAULTY.replace("ច្រើន", "9")


def upload(page: Page, content: bytes, name: str = "អណ្តូង.csv") -> None:
    """Choose the file, send it, and say what its columns hold when asked."""
    page.set_input_files("[name=file]", files=[{"name": name, "mimeType": "application/octet-stream", "buffer": content}])
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("button", name="Confirm and check every cell")).to_be_visible(timeout=60_000)


def new_dataset(page: Page, title: str, name: str) -> None:
    """A draft, and the page of its files."""
    page.goto("/admin/snippets/datasets/dataset/add/")
    page.fill("[name=title_km]", title)
    page.fill("[name=summary_km]", "ទិន្នន័យសម្រាប់ការធ្វើតេស្ត។")
    page.get_by_role("tab", name="Catalogue").click()
    page.locator("[name=organization]").select_option(label="Sample data office")
    page.fill("[name=name]", name)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("link", name="Files").first.click()


def publish_dataset(page: Page, title: str) -> None:
    page.goto("/admin/snippets/datasets/dataset/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def communes(odd: int | str, value: int) -> bytes:
    """A workbook of 250 communes; row 214 is the one from another province, whose code begins with a zero."""
    book = Workbook()
    book.active.append(["លេខកូដ", "ឃុំ សង្កាត់", "អណ្តូង"])
    known = read_crosswalk(SHIPPED_CROSSWALK).known("today")
    for number, code in enumerate(sorted(code for code in known if len(code) == 6 and not code.startswith("0"))[:250], 2):
        book.active.append([odd, "បន្ទាយនាង", value] if number == 214 else [type(odd)(code), "រាម", 1])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_lost_zero_in_a_workbook_is_mended_and_every_chart_is_up_to_date(
    signed_in: Page, city: Portal, visit: Callable[..., Page]
) -> None:
    page, title = signed_in, "អណ្តូងទឹកតាមឃុំ"
    new_dataset(page, title, "wells-by-commune")
    page.get_by_role("link", name="Add a file or a link").click()
    page.fill("[name=name_km]", "អណ្តូង")
    upload(page, communes("010201", 5), "ឃុំ.xlsx")
    page.get_by_role("button", name="Confirm and check every cell").click()
    expect(page.locator("main")).to_contain_text("250 rows were checked, and nothing is wrong.", timeout=60_000)
    publish_dataset(page, title)
    page.get_by_role("link", name="Files").first.click()
    page.get_by_role("link", name="Add a chart or a map").click()
    page.fill("[name=title_km]", "អណ្តូងតាមឃុំ")
    page.locator("[name=x]").select_option("ឃុំ សង្កាត់")
    page.get_by_label("អណ្តូង", exact=True).check()
    page.locator("[name=aggregate]").select_option("sum")
    page.get_by_label("Readers see it").check()
    page.get_by_role("button", name="Save").click()
    reader = visit("/km/dataset/wells-by-commune/")
    row = reader.locator("tr", has=reader.locator("th", has_text="បន្ទាយនាង"))
    reload_until(reader, lambda: row.count() > 0)
    expect(row).to_contain_text("5")

    page.goto("/admin/snippets/datasets/dataset/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("link", name="Files").first.click()
    page.get_by_role("link", name="Upload a new version").click()
    upload(page, communes(10201, 21), "ឃុំ.xlsx")
    page.get_by_role("button", name="Confirm and check every cell").click()
    expect(page.locator("main")).to_contain_text("row 214: the code has lost its zero", timeout=60_000)
    page.get_by_role("button", name="Look at the mends").click()
    expect(page.locator("main strong", has_text="010201")).to_be_visible()
    page.get_by_role("button", name="Accept and make a new version").click()
    page.get_by_role("button", name="Confirm and check every cell").click(timeout=60_000)
    page.get_by_role("button", name="Publish this version").click(timeout=60_000)
    reload_until(reader, lambda: row.count() > 0 and "21" in (row.first.text_content() or ""))


def reload_until(page: Page, there: Callable[[], bool]) -> None:
    """The worker draws; a reader who comes again sees it."""
    for _attempt in range(60):
        if there():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError("It never came.")


def test_from_a_faulty_file_to_a_public_table(signed_in: Page, city: Portal, visit: Callable[..., Page]) -> None:
    page = signed_in
    new_dataset(page, "អណ្តូងទឹកតាមភូមិ", "wells-by-village")
    page.get_by_role("link", name="Add a file or a link").click()
    page.fill("[name=name_km]", "អណ្តូង")
    upload(page, FAULTY.encode())
    page.locator("[name='column-2-type']").select_option("integer")
    page.get_by_role("button", name="Confirm and check every cell").click()

    expect(page.get_by_role("heading", name=re.compile(r"^Row 3, អណ្តូង"))).to_be_visible(timeout=60_000)
    expect(page.locator("main mark")).to_have_text("ច្រើន")

    page.get_by_role("link", name="Upload a mended file").first.click()
    page.fill("[name=note]", "អូរ២ បានរាប់ឡើងវិញ")
    upload(page, MENDED.encode())
    expect(page.locator("[name='column-2-type']")).to_have_value("integer")
    page.get_by_role("button", name="Confirm and check every cell").click()
    expect(page.locator("main")).to_contain_text("3 rows were checked, and nothing is wrong.", timeout=60_000)

    page.get_by_role("link", name="All files of this dataset").click()
    dataset = requests.get(f"{city.url}/api/v1/datasets/wells-by-village/", timeout=30)
    assert dataset.status_code == 404, "a draft is nobody's business yet"
    publish_dataset(page, "អណ្តូងទឹកតាមភូមិ")

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


def test_mending_a_point_leads_to_the_very_field(signed_in: Page) -> None:
    page = signed_in
    followed = set[str]()
    for name in ("sample-opportunities", "commune-flood-hazard", "cambodia-villages"):
        page.goto(f"/en/dataset/{name}/")
        links = page.locator("a", has_text="Mend it").evaluate_all("found => found.map(one => one.getAttribute('href'))")
        for link in sorted(set(links)):
            field = link.partition("#")[2]
            page.goto("about:blank")  # else another field of the same page loads nothing anew
            page.goto(link)
            assert page.url.endswith(link), "no detour by way of the start page"
            expect(page.locator(f"[id='{field}']" if field else "main h1")).to_be_visible()
            followed.add(re.sub(r"[0-9a-f-]{36}|[0-9]+", "…", link))
    assert len(followed) >= 3, followed
