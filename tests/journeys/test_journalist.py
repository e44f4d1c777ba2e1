"""A journalist finds a dataset, reads its report, filters the preview, downloads, and the checksum matches."""

import csv
import hashlib
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_from_search_to_a_file_that_is_what_it_says(visit: Visit) -> None:
    page = visit("/en/search/?q=poor households", width=1280, language="en")
    page.locator("main").get_by_role("link", name="Poor households (IDPoor) by commune").first.click()
    expect(page).to_have_url(re.compile("/en/dataset/commune-idpoor-households/$"))
    citation = page.locator("#cite-1").inner_text()
    promised = re.search(r"[0-9a-f]{64}", citation)
    assert promised, citation

    page.get_by_role("link", name="Read the report").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report")
    expect(page.locator("main")).to_contain_text("1,646 rows were checked, and nothing is wrong.")
    page.get_by_role("link", name="Back to the table").click()

    page.locator("summary", has_text="Filter the rows").click()
    page.locator("input[name='has.commune_name_latin']").fill("bei")
    page.get_by_role("button", name="Show the rows").click()
    expect(page.get_by_role("status")).to_contain_text("rows match")

    with page.expect_download() as filtered:
        page.locator("a[download][href*='export.csv']").first.click()
    rows = list(csv.DictReader(filtered.value.path().read_text("utf-8-sig").splitlines()))
    assert rows
    assert all("bei" in " ".join(row.values()).lower() for row in rows)

    with page.expect_download() as original:
        page.locator("a[download]", has_text="original").first.click()
    assert hashlib.sha256(original.value.path().read_bytes()).hexdigest() == promised[0]
