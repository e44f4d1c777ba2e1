"""An editor's way with a file, by URL and with real bytes: upload, confirm, understand the report, mend, publish."""

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from datasets.models import Capacity, Resource, State, Version

from .factories import DatasetFactory, member
from .uploading import FAULTY, GOOD, confirm, page, see, signed_in, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]


def test_a_faulty_file_is_understood_mended_and_published(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, FAULTY)
    assert 'http-equiv="refresh"' in see(editor, version)
    work()
    shown = see(editor, version)
    assert "ឈ្មោះ" in shown
    assert 'http-equiv="refresh"' not in shown
    titles = {"column-2-title_km": "ចំនួនប្រជាជន", "column-2-title_en": "Population", "column-2-required": "on"}
    assert confirm(editor, version, {2: "integer"}, **titles).status_code == 302
    work()
    report = see(editor, version)
    assert "1 error was found, in 1 of 2 rows." in report
    assert "<mark>១ ២០០</mark>" in report
    assert "Khmer digits: in data, write 1 200." in report
    assert "waits for somebody who may publish" in report

    mended = upload(editor, resource, GOOD)
    work()
    mended.refresh_from_db()
    assert mended.schema["fields"][2]["title_translated"] == {"km": "ចំនួនប្រជាជន", "en": "Population"}
    assert confirm(editor, mended, {}, **titles).status_code == 302
    work()
    assert "2 rows were checked, and nothing is wrong." in see(editor, mended)

    admin = signed_in(resource, Capacity.ADMIN)
    admin.post(reverse("catalogue_admin:publish_version", args=[mended.uuid]))
    resource.refresh_from_db()
    assert resource.current == mended
    assert "Published, current" in see(admin, mended)


def test_errors_are_published_only_by_who_says_so(resource: Resource, work: Work) -> None:
    admin = signed_in(resource, Capacity.ADMIN)
    version = upload(admin, resource, FAULTY)
    work()
    confirm(admin, version, {2: "integer"})
    work()
    address = reverse("catalogue_admin:publish_version", args=[version.uuid])
    admin.post(address)
    version.refresh_from_db()
    assert version.published is None
    admin.post(address, {"accept_errors": "yes"})
    version.refresh_from_db()
    assert version.published is not None


def test_the_report_and_the_original_can_be_downloaded(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, FAULTY)
    work()
    confirm(editor, version, {2: "integer"})
    work()
    report = editor.get(reverse("catalogue_admin:report", args=[version.uuid]))
    assert json.loads(report.content)["totals"] == {"type-error": 1}
    original = editor.get(reverse("catalogue_admin:original", args=[version.uuid]))
    assert b"".join(original.streaming_content) == FAULTY.encode()
    for response in (report, original):
        assert response["Content-Disposition"].startswith("attachment")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]


def test_rules_of_columns_come_from_the_form(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, GOOD)
    work()
    rules = {"column-0-unique": "on", "column-0-pattern": "18[0-9]{6}", "column-1-enum": "ភូមិ១\nភូមិ២", "column-2-minimum": "900"}
    confirm(editor, version, {2: "integer"}, **rules, **{"schema-missing": "n/a\n-"})
    work()
    version.refresh_from_db()
    assert version.schema["missingValues"] == ["", "n/a", "-"]
    assert version.schema["fields"][0]["constraints"] == {"unique": True, "pattern": "18[0-9]{6}"}
    assert version.schema["fields"][1]["constraints"] == {"enum": ["ភូមិ១", "ភូមិ២"]}
    assert (version.state, version.error_count) == (State.INVALID, 1)
    assert "Expected: 900 or more." in see(editor, version)


@pytest.mark.parametrize(("field", "value"), [("column-2-minimum", "many"), ("column-0-type", "nonsense"), ("column-0-pattern", "[")])
def test_a_rule_that_is_none_is_refused_in_the_form(editor: Client, resource: Resource, work: Work, field: str, value: str) -> None:
    version = upload(editor, resource, GOOD)
    work()
    response = confirm(editor, version, {2: "integer"}, **{field: value})
    version.refresh_from_db()
    assert response.status_code == 200
    assert version.state == State.DETECTED


def test_a_file_is_read_in_another_way(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "ទិន្នន័យភូមិ 2026\nកូដ;ឈ្មោះ\n1;ភូមិ១\n2;ភូមិ២\n")
    work()
    data = {"read-again": "yes", "reading-header_row": "1", "reading-encoding": "utf-8", "reading-delimiter": ","}
    assert editor.post(page(version), data).status_code == 302
    work()
    version.refresh_from_db()
    assert [field["name"] for field in version.schema["fields"]] == ["ទិន្នន័យភូមិ 2026"]
    editor.post(page(version), {**data, "reading-header_row": "2", "reading-delimiter": ";"})
    work()
    version.refresh_from_db()
    assert [field["name"] for field in version.schema["fields"]] == ["កូដ", "ឈ្មោះ"]
    confirm(editor, version, {0: "integer"})
    work()
    version.refresh_from_db()
    assert (version.state, version.row_count) == (State.VALID, 2)


def test_a_file_in_an_old_encoding_is_read_when_somebody_says_which(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "编号,名称\n1,西哈努克\n2,磅逊\n".encode("gb18030"))
    work()
    data = {"read-again": "yes", "reading-header_row": "1", "reading-encoding": "gb18030", "reading-delimiter": ","}
    editor.post(page(version), data)
    work()
    version.refresh_from_db()
    assert [field["name"] for field in version.schema["fields"]] == ["编号", "名称"]


def workbook(**sheets: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_another_sheet_of_a_workbook_is_chosen(editor: Client, resource: Resource, work: Work) -> None:
    book = workbook(ភូមិ=[["កូដ", "ឈ្មោះ"], [1, "ភូមិ១"]], ឃុំ=[["លេខ", "ឃុំ"], [7, "ឃុំ១"]])
    version = upload(editor, resource, book, "ភូមិ.xlsx")
    work()
    version.refresh_from_db()
    assert [field["name"] for field in version.schema["fields"]] == ["កូដ", "ឈ្មោះ"]
    editor.post(page(version), {"read-again": "yes", "reading-header_row": "1", "reading-sheet": "ឃុំ"})
    work()
    version.refresh_from_db()
    assert [field["name"] for field in version.schema["fields"]] == ["លេខ", "ឃុំ"]
    confirm(editor, version, {0: "integer"})
    work()
    version.refresh_from_db()
    assert (version.state, version.row_count) == (State.VALID, 1)


def test_a_new_file_makes_a_resource(work: Work) -> None:
    dataset = DatasetFactory(live=False)
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member(dataset.organization, Capacity.EDITOR))
    address = reverse("catalogue_admin:add_resource", args=[dataset.uuid])
    assert "Choose a file, or give a link." in client.post(address, {"name_km": "ភូមិ"}).content.decode()
    client.post(address, {"name_km": "បញ្ជីភូមិ", "file": SimpleUploadedFile("ភូមិ.csv", GOOD.encode())})
    client.post(address, {"name_km": "គេហទំព័រ", "link_url": "https://example.org/"})
    work()
    shown = client.get(reverse("catalogue_admin:files", args=[dataset.uuid])).content.decode()
    assert "បញ្ជីភូមិ" in shown
    assert "https://example.org/" in shown
    assert "waiting for confirmation" in shown


def test_many_errors_are_paged(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "ឈ្មោះ,ចំនួន\n" + "".join(f"ភូមិ{number},ច្រើន\n" for number in range(80)))
    work()
    confirm(editor, version, {1: "integer"})
    work()
    assert "80 errors were found, in 80 of 80 rows." in see(editor, version)
    assert "Page 1 of 2" in see(editor, version)
    assert "Page 2 of 2" in see(editor, version, "?p=2")


def test_published_columns_are_described_anew_in_a_new_version(resource: Resource, work: Work) -> None:
    admin = signed_in(resource, Capacity.ADMIN)
    version = upload(admin, resource, GOOD)
    work()
    confirm(admin, version, {2: "integer"})
    work()
    admin.post(reverse("catalogue_admin:publish_version", args=[version.uuid]))
    response = admin.post(reverse("catalogue_admin:revise_version", args=[version.uuid]))
    second = Version.objects.latest("pk")
    assert response["Location"] == page(second)
    confirm(admin, second, {}, **{"column-0-title_en": "Code"})
    work()
    second.refresh_from_db()
    assert (second.number, second.state) == (2, State.VALID)


def test_tokens_are_shown_once_and_revoked(editor: Client) -> None:
    address = reverse("catalogue_admin:tokens")
    response = editor.post(address, {"name": "ckanapi", "days": "30", "scopes": "read write"})
    secret = response.content.decode().split("<code>")[1].split("</code>")[0]
    assert "no-store" in response["Cache-Control"]
    from datasets.services.tokens import authenticate_token

    user = authenticate_token(secret)
    assert user is not None
    assert secret not in editor.get(address).content.decode()
    editor.post(reverse("catalogue_admin:revoke_token", args=[user.portal_tokens.get().uuid]))
    assert authenticate_token(secret) is None
