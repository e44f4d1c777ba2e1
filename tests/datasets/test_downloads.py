"""Files as programs and spreadsheets get them."""

import csv
import gc
import hashlib
import io
import json
import time
import zipfile

import openpyxl
import polars as pl
import pytest
from django.test import Client

from datasets.models import Capacity, Dataset

from .factories import DatasetFactory, ResourceFactory, member
from .test_public_pages import SCHEMA, VILLAGES, Publish, folders, publish  # noqa: F401

pytestmark = pytest.mark.django_db
BYTES = VILLAGES.encode()


def body(response) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_the_original_comes_byte_for_byte_and_inert(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    address = f"/dataset/{version.resource.dataset.uuid}/resource/{version.resource.uuid}/download/ភូមិ.csv"
    response = client.get(address, headers={"accept-language": "en"})
    assert body(response) == BYTES
    assert hashlib.sha256(BYTES).hexdigest() in response["ETag"]
    assert response["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''%E1%9E%97" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert int(response["Content-Length"]) == len(BYTES)
    assert response["Cache-Control"].startswith("public")
    assert not response.cookies
    assert "Vary" not in response or "Cookie" not in response["Vary"]


def test_a_part_nothing_new_or_nothing_there(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    address = f"/version/{version.uuid}/download/x.csv"
    head = client.head(address)
    assert head.status_code == 200
    assert int(head["Content-Length"]) == len(BYTES)
    assert not head.content
    part = client.get(address, headers={"range": "bytes=10-19"})
    assert part.status_code == 206
    assert body(part) == BYTES[10:20]
    assert part["Content-Range"] == f"bytes 10-19/{len(BYTES)}"
    assert body(client.get(address, headers={"range": "bytes=10-19", "if-range": '"other"'})) == BYTES
    beyond = client.get(address, headers={"range": f"bytes={len(BYTES)}-"})
    assert beyond.status_code == 416
    assert beyond["Content-Range"] == f"bytes */{len(BYTES)}"
    assert client.get(address, headers={"if-none-match": head["ETag"]}).status_code == 304
    assert client.get(address, headers={"if-modified-since": head["Last-Modified"]}).status_code == 304
    assert client.post(address).status_code == 405


def test_a_version_stays_at_its_address(client: Client, publish: Publish) -> None:  # noqa: F811
    first = publish(schema=SCHEMA)
    second = publish(VILLAGES + "18019999,ភូមិថ្មី,5,2026-02-01\n", resource=first.resource, schema=SCHEMA)
    assert body(client.get(f"/version/{first.uuid}/download/ភូមិ.csv")) == BYTES
    assert body(client.get(f"/version/{second.uuid}/download/ភូមិ.csv")).endswith(b"5,2026-02-01\n")
    current = f"/dataset/{first.resource.dataset.uuid}/resource/{first.resource.uuid}/download/ភូមិ.csv"
    assert second.data_file.sha256 in client.get(current)["ETag"]


def test_a_draft_is_for_members_only_and_never_cached(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA, private=True)
    dataset = version.resource.dataset
    addresses = [
        f"/dataset/{dataset.uuid}/resource/{version.resource.uuid}/download/ភូមិ.csv",
        f"/version/{version.uuid}/download/ភូមិ.csv",
        f"/resource/{version.resource.uuid}/export.csv",
    ]
    outsider = member(DatasetFactory().organization, Capacity.ADMIN)
    insider = member(dataset.organization, Capacity.MEMBER)
    for address in addresses:
        assert client.get(address).status_code == 404
    client.force_login(outsider)
    for address in addresses:
        assert client.get(address).status_code == 404
    client.force_login(insider)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "private, no-store"
    assert client.get(f"/version/{version.uuid}/report.json").status_code == 404


def test_nothing_here_is_redirected_into_a_language(client: Client) -> None:
    resource = ResourceFactory()
    for address in (
        f"/dataset/{resource.dataset.uuid}/resource/{resource.uuid}/download/x.csv",
        f"/version/{resource.uuid}/download/x.csv",
        f"/resource/{resource.uuid}/export.csv",
    ):
        assert client.get(address, headers={"accept-language": "en"}).status_code == 404


def test_csv_opens_in_excel_with_khmer_intact_and_no_formula(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish("កូដ,ឈ្មោះ\n01,=cmd|' /C calc'!A0\n02,ភូមិ២\n")
    response = client.get(f"/resource/{version.resource.uuid}/export.csv")
    data = body(response)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows == [["កូដ", "ឈ្មោះ"], ["01", "'=cmd|' /C calc'!A0"], ["02", "ភូមិ២"]]
    assert response["ETag"].startswith('"')
    assert client.get(f"/resource/{version.resource.uuid}/export.csv", headers={"if-none-match": response["ETag"]}).status_code == 304
    assert 'rel="describedby"' in response["Link"]
    assert 'rel="license"' in response["Link"]


def test_an_archive_says_what_holds_today_and_runs_no_formula(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish("=1+1,ឈ្មោះ\n01,ភូមិ១\n")
    address = f"/resource/{version.resource.uuid}/export.zip"

    def member(name: str) -> str:
        with zipfile.ZipFile(io.BytesIO(body(client.get(address)))) as archive:
            return archive.read(name).decode("utf-8-sig")

    assert member("columns.csv").splitlines()[1].startswith("'=1+1,")
    before = client.get(address)["ETag"]
    Dataset.objects.filter(pk=version.resource.dataset_id).update(title_en="Villages, corrected")
    assert "Villages, corrected" in member("README.txt")
    assert client.get(address)["ETag"] != before


@pytest.mark.parametrize("extension", ["csv", "ndjson", "parquet"])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_whole_table_goes_on_where_it_was_cut_off(client: Client, publish: Publish, extension: str, coding: str) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    address, headers = f"/resource/{version.resource.uuid}/export.{extension}", {"accept-encoding": coding}
    first = client.get(address, headers=headers)
    chunks = iter(first.streaming_content)
    start = next(chunks)[:30]
    etag = first["ETag"]
    del first, chunks  # the line broke; closing the answer by hand would close the test's own connection to the database as well
    gc.collect()
    assert etag.startswith('"')
    rest = client.get(address, headers={**headers, "range": f"bytes={len(start)}-", "if-range": etag})
    assert (rest.status_code, rest["ETag"]) == (206, etag)
    again = client.get(address, headers=headers)
    assert start + body(rest) == body(again)
    assert (again["ETag"], again["X-Row-Count"]) == (etag, "120")
    other = client.get(address, headers={**headers, "range": "bytes=30-", "if-range": '"another"'})
    assert (other.status_code, body(other)) == (200, body(client.get(address, headers=headers)))
    alone = client.get(address, headers={**headers, "range": "bytes=0-9"})
    assert (alone.status_code, "Content-Encoding" in alone) == (206, False)  # nobody could unpack a part without its beginning
    part = client.get(address, {"sort": "-ប្រជាជន"}, headers={**headers, "range": "bytes=30-"})
    assert part.status_code == 200  # a part of the rows is made anew each time


def test_every_format_has_the_rows_of_the_preview(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    base = f"/resource/{version.resource.uuid}/export"
    question = {"min.ប្រជាជន": "1100", "sort": "-ប្រជាជន"}
    expected = [n * 10 for n in range(120, 109, -1)]
    assert [row["ប្រជាជន"] for row in json.loads(body(client.get(f"{base}.json", question)))] == expected
    assert pl.read_parquet(io.BytesIO(body(client.get(f"{base}.parquet", question))))["ប្រជាជន"].to_list() == expected
    book = openpyxl.load_workbook(io.BytesIO(body(client.get(f"{base}.xlsx", question))))
    sheet = book.worksheets[0]
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == expected
    assert "filtered" in client.get(f"{base}.csv", question)["Content-Disposition"]
    assert client.head(f"{base}.csv").status_code == 200


def test_an_export_says_where_it_is_from_and_that_it_is_a_sample(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA, is_sample=True, source_name="វិទ្យាស្ថានជាតិស្ថិតិ")
    base = f"/resource/{version.resource.uuid}/export"
    for extension in ("csv", "tsv", "json", "ndjson", "xlsx", "parquet", "zip"):
        assert ".sample." in client.get(f"{base}.{extension}")["Content-Disposition"]
    about = openpyxl.load_workbook(io.BytesIO(body(client.get(f"{base}.xlsx"))))["about"]
    words = "\n".join(str(value) for row in about.iter_rows(values_only=True) for value in row)
    assert "វិទ្យាស្ថានជាតិស្ថិតិ" in words
    assert version.data_file.sha256 in words
    assert "Sample content" in words
    assert "Creative Commons" in words


def test_what_is_made_for_whoever_asks_has_a_limit_and_pages_as_they_stand_have_none(
    client: Client,
    publish: Publish,  # noqa: F811
    settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = time.time() // 60 * 60 + 1
    monkeypatch.setattr("time.time", lambda: now)  # all within one minute
    settings.API_RATE_LIMIT = 1
    resource = publish("លេខកូដ,n\n180101,2\n180601,3\n").resource
    page = f"/en/dataset/{resource.dataset.name}/resource/{resource.uuid}/"
    files = [f"/resource/{resource.uuid}/export.{ending}" for ending in ("csv", "zip")]
    files += [f"/resource/{resource.uuid}/join.csv", f"/datastore/dump/{resource.uuid}", "/catalog.ttl"]
    asked = [f"{page}?min.n=1", f"{page}join/?with=-", f"/en/sql/?q=SELECT+n+FROM+%22{resource.uuid}%22"]
    for number, address in enumerate([*files, *asked]):
        first, second = (client.get(address, REMOTE_ADDR=f"198.51.100.{number}") for _ in range(2))
        assert (first.status_code, second.status_code) == (200, 429), address
        assert 0 < int(second["Retry-After"]) <= 60
        if address in files:
            assert second["Content-Type"] == "application/problem+json", address
        else:
            assert "Too many requests came from your network" in body(second).decode(), address
    for address in (page, f"{page}join/", "/en/sql/", "/en/", "/en/search/?q=n"):
        assert {client.get(address, REMOTE_ADDR="198.51.100.99").status_code for _ in range(3)} == {200}, address
