"""Takes the pictures of the documentation again: python docs/take_pictures.py URL PASSWORD

Against a portal of its own with the sample city, freshly started: it makes an organization, a dataset and a guide's draft there.
Needs what the journeys in the tests need: Playwright and Chromium.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
CHROMIUM = "/usr/bin/chromium"
MOST_BYTES = 150_000
FAULTY = """កូដ,ឈ្មោះ,ចំនួនគ្រួសារ,ថ្ងៃពិនិត្យ
18040101,ភូមិ១,១ ២០០,2026-10-05
18040102,ភូមិ២,86,2026-10-05
18040102,ភូមិ៣,ប្រហែល 90,2026-10-06
18040103,,64,2026-10-06
1020101,អូរធំ,70,2026-10-06
"""
MENDED = """កូដ,ឈ្មោះ,ចំនួនគ្រួសារ,ថ្ងៃពិនិត្យ
18040101,ភូមិ១,1200,2026-10-05
18040102,ភូមិ២,86,2026-10-05
18040103,ភូមិ៣,90,2026-10-06
18040104,ភូមិ៤,64,2026-10-06
"""


def keep(picture: Image.Image, name: str) -> None:
    """Few colours, and smaller until it is light enough to load on a phone."""
    picture = picture.convert("RGB")
    for colours in (128, 64, 32, 16):
        data = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
        if data.tell() <= MOST_BYTES:
            break
    (PICTURES / f"{name}.png").write_bytes(data.getvalue())
    print(f"{name}.png: {picture.width} × {picture.height}, {data.tell() // 1000} kB, {colours} colours")


def shot(page: Page) -> Image.Image:
    """What is seen."""
    return Image.open(io.BytesIO(page.screenshot(animations="disabled")))


def phone(browser: Browser, url: str) -> None:
    """Home and a guide in Khmer, side by side."""
    page = browser.new_page(viewport={"width": 360, "height": 760}, device_scale_factor=1.5, locale="km")
    page.goto(f"{url}/km/")
    home = shot(page)
    page.locator("main a[href*=eviction-notice]").first.click()
    guide = shot(page)
    both = Image.new("RGB", (home.width + guide.width + 36, home.height), "#8a94a0")
    both.paste(home, (0, 0))
    both.paste(guide, (home.width + 36, 0))
    keep(both, "khmer-home-and-guide")
    page.close()


def reader(browser: Browser, url: str) -> None:
    """A dataset, why it can be trusted, its table and its chart, on a desktop, in English."""
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en")
    page.goto(f"{url}/en/dataset/commune-idpoor-households/")
    keep(shot(page), "dataset")
    page.locator("#trust summary").nth(1).click()
    page.locator("#trust").evaluate("panel => panel.scrollIntoView()")
    keep(shot(page), "trust")
    page.goto(f"{url}/en/chart/{page.request.get(f'{url}/api/v1/charts/').json()['results'][0]['id']}/")
    keep(shot(page), "chart")
    villages = page.request.get(f"{url}/api/3/action/package_show?id=cambodia-villages").json()["result"]["resources"][0]["id"]
    page.goto(f"{url}/en/dataset/cambodia-villages/resource/{villages}/?has.name_km=ទឹក&sort=name_km")
    page.locator("main .kicker").evaluate("kicker => kicker.scrollIntoView()")
    keep(shot(page), "explorer")
    page.close()


def signed_in(browser: Browser, url: str, password: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en")
    page.goto(f"{url}/admin/login/")
    page.locator("[name=username]").fill("admin")
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{url}/admin/")
    return page


def settled(page: Page) -> None:
    """The version's page renews itself while a task runs."""
    page.wait_for_selector("main:not(:has([role=status] a))", timeout=60_000)


def data_publisher(page: Page, url: str) -> None:
    """From an organization to a published dataset, by way of a faulty file."""
    page.goto(f"{url}/admin/snippets/datasets/organization/add/")
    page.locator("[name=title_km]").fill("មន្ទីរទឹកស្អាតគំរូ")
    page.locator("[aria-controls=panel-english-content]").click()
    page.locator("[name=title_en]").fill("Sample water office")
    page.locator("[name=name]").fill("sample-water-office")
    page.get_by_role("button", name="Save").first.click()
    page.goto(f"{url}/admin/snippets/datasets/dataset/add/")
    page.locator("[name=title_km]").fill("អណ្ដូងទឹកតាមភូមិ")
    page.locator("[name=summary_km]").fill("ចំនួនគ្រួសារដែលប្រើអណ្ដូងទឹករួម។")
    page.locator("[aria-controls$=english-content]:visible").click()
    page.locator("[name=title_en]").fill("Wells by village")
    keep(shot(page), "editor-dataset")
    page.get_by_role("tab", name="Catalogue").click()
    page.locator("[name=organization]").select_option(label="Sample water office")
    page.get_by_role("button", name="Save draft").first.click()
    page.get_by_role("link", name="Files").first.click()
    page.get_by_role("link", name="Add a file or a link").click()
    send(page, FAULTY, "Wells")
    types(page)
    keep(shot(page), "editor-columns")
    page.get_by_role("button", name="Confirm and check every cell").click()
    settled(page)
    keep(shot(page), "editor-report")
    page.locator("#findings").evaluate("heading => heading.scrollIntoView()")
    keep(shot(page), "editor-findings")
    page.get_by_role("link", name="Upload a mended file").click()
    send(page, MENDED)
    page.get_by_role("button", name="Confirm and check every cell").click()
    settled(page)
    page.get_by_role("link", name="All files of this dataset").click()
    page.get_by_text("Upload a new version").wait_for()
    keep(shot(page), "editor-files")


def send(page: Page, table: str, name: str = "") -> None:
    page.locator("[name=file]").set_input_files({"name": "wells.csv", "mimeType": "text/csv", "buffer": table.encode()})
    if name:
        page.locator("[name=name_en]").fill(name)
    page.get_by_role("button", name="Upload", exact=True).click()
    settled(page)


def types(page: Page) -> None:
    """What a person who knows the table says about it: codes are text and unique, names must be there, households are numbers."""
    for number, kind, title in ((0, "string", "Code"), (1, "string", "Village"), (2, "integer", "Households"), (3, "date", "Checked on")):
        page.locator(f"[name=column-{number}-type]").select_option(kind)
        page.locator(f"[name=column-{number}-title_en]").fill(title)
    for column, rule in ((1, "required"), (0, "unique")):
        page.locator("fieldset details summary").nth(column).click()
        page.locator(f"[name=column-{column}-{rule}]").check()
    page.get_by_role("heading", name="What the columns mean").evaluate("heading => heading.scrollIntoView()")


def translator(page: Page, url: str) -> None:
    """The translation editor of a guide."""
    number = page.request.get(f"{url}/api/v1/pages/?type=rights_guide&locale=en&limit=1").json()["results"][0]["id"]
    page.goto(f"{url}/admin/pages/{number}/edit/")
    page.wait_for_selector("text=Translated")
    keep(shot(page), "editor-translation")


def main(url: str, password: str) -> None:
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        steps: list[Callable[[], None]] = [lambda: phone(browser, url), lambda: reader(browser, url)]
        for step in steps:
            step()
        page = signed_in(browser, url, password)
        data_publisher(page, url)
        translator(page, url)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
