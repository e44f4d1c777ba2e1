"""A civic developer follows the API's page with nothing but HTTP and CKAN's own client."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
import requests
from ckanapi import NotAuthorized, RemoteCKAN
from playwright.sync_api import Page, expect

from tests.running import Portal


def test_the_documentation_leads_to_rows(city: Portal, visit: Callable[..., Page]) -> None:
    page = visit("/en/api/", width=1280, language="en")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("curl")

    root = requests.get(f"{city.url}/api/v1/", timeout=30).json()
    datasets = requests.get(f"{city.url}/api/v1/datasets/?q=ភូមិ", timeout=30).json()
    assert root
    assert datasets["count"] >= 1
    name = datasets["results"][0]["name"]
    dataset = requests.get(f"{city.url}/api/v1/datasets/{name}/", timeout=30)
    assert dataset.json()["is_sample"] is True
    again = requests.get(dataset.url, headers={"If-None-Match": dataset.headers["ETag"]}, timeout=30)
    assert again.status_code == 304
    missing = requests.get(f"{city.url}/api/v1/datasets/មិនមាន/", timeout=30, allow_redirects=False)
    assert missing.status_code == 404
    assert missing.headers["Content-Type"].startswith("application/problem+json")


def test_ckans_own_client_reads_and_with_a_token_writes(city: Portal) -> None:
    anonymous = RemoteCKAN(city.url)
    names = anonymous.action.package_list()
    assert "cambodia-villages" in names
    found = anonymous.action.package_search(q="ភូមិ", rows=5)
    assert found["count"] >= 1
    resource = next(r for r in anonymous.action.package_show(id="cambodia-villages")["resources"] if r["datastore_active"])
    rows = anonymous.action.datastore_search(resource_id=resource["id"], limit=2)
    assert rows["total"] == 14_578
    with pytest.raises(NotAuthorized):
        anonymous.action.package_create(name="no-right", owner_org="nobody")

    token = city.manage("api_token", "admin").split()[-1]
    portal = RemoteCKAN(city.url, apikey=token)
    organization = portal.action.organization_list()[0]
    made = portal.action.package_create(name="wells-of-the-coast", title="អណ្តូងទឹកតាមឆ្នេរ", owner_org=organization)
    assert portal.action.package_show(id=made["id"])["title"] == "អណ្តូងទឹកតាមឆ្នេរ"
    portal.action.package_delete(id=made["id"])
    assert "wells-of-the-coast" not in anonymous.action.package_list()


def test_a_download_that_breaks_off_is_never_taken_for_the_whole(city: Portal, tmp_path: Path) -> None:
    resource = RemoteCKAN(city.url).action.package_show(id="cambodia-villages")["resources"][0]
    version = requests.get(f"{city.url}/api/v1/resources/{resource['id']}/", timeout=30).json()["version"]
    table = next(Path(city.env["VAR_DIR"]).glob(f"parquet/**/{version['id']}*.parquet"))
    whole = table.read_bytes()
    duckdb.execute(f"COPY (SELECT kept.* FROM '{table}' AS kept, range(30)) TO '{tmp_path}/long' (FORMAT parquet, ROW_GROUP_SIZE 20000)")
    long = (tmp_path / "long").read_bytes()
    address = f"{city.url}/resource/{resource['id']}/export."

    def taken(extension: str, coding: str) -> bytes:
        with requests.get(f"{address}{extension}", headers={"Accept-Encoding": coding}, stream=True, timeout=60) as answer:
            assert answer.status_code == 200
            return bytes(answer.raw.read())  # as it came over the line, still packed

    try:
        table.write_bytes(long[: len(long) * 8 // 10] + bytes(len(long) // 10) + long[len(long) * 8 // 10 + len(long) // 10 :])
        # The disk fails under the reader, who has most of the file by then.
        assert "ឯកសារនេះមិនពេញលេញ" in taken("csv", "identity").decode()
        packed = zlib.decompressobj(31)
        assert "ឯកសារនេះមិនពេញលេញ" in packed.decompress(taken("csv", "gzip")).decode()
        assert not packed.eof, "a packed file without its end"
        with pytest.raises(ValueError, match="JSON|Expecting|Unterminated"):
            json.loads(taken("json", "identity"))
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(taken("zip", "identity")))
    finally:
        table.write_bytes(whole)
    assert taken("csv", "identity").count(b"\n") >= 14_578
    table.write_bytes(whole[: len(whole) // 3] + bytes(len(whole) // 3) + whole[len(whole) * 2 // 3 :])
    try:
        assert requests.get(f"{address}csv", timeout=60).status_code == 503, "nothing was sent yet"
    finally:
        table.write_bytes(whole)
