"""A journalist finds a dataset, reads its report, filters the preview, downloads, and the checksum matches."""

import csv
import hashlib
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_from_search_to_a_file_that_is_what_it_says(visit: Visit, tmp_path: Path) -> None:
    page = visit("/en/search/?q=poor households", width=1280, language="en")
    page.locator("main").get_by_role("link", name="IDPoor").first.click()
    page.goto("/en/dataset/commune-idpoor-households/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    checksum = page.locator("code", has_text="").filter(has_text="").all_inner_texts()

    page.get_by_role("link", name="report").first.click()
    expect(page).to_have_url("**/report/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Report")
    page.get_by_role("link", name="Back to the table").click()

    page.locator("summary", has_text="Filter the rows").click()
    page.locator("input[name='has.Adm3_Name']").fill("Bei")
    page.get_by_role("button", name="Show the rows").click()
    expect(page.get_by_role("status")).to_contain_text("rows match")

    with page.expect_download() as filtered:
        page.locator("a[download][href*='export.csv']").first.click()
    rows = list(csv.DictReader(Path(filtered.value.path()).read_text("utf-8-sig").splitlines()))
    assert rows
    assert all("bei" in " ".join(row.values()).lower() for row in rows)

    with page.expect_download() as original:
        page.locator("a[download]", has_text="original").first.click()
    digest = hashlib.sha256(Path(original.value.path()).read_bytes()).hexdigest()
    assert any(digest.startswith(text.strip("…")) for text in checksum if len(text.strip("…")) >= 12), checksum
