"""From a broken workbook to published data: read what was found, look at the mend, accept, publish, undo. And data about people is held."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from datasets.models import Capacity, Dataset, HoldDecision, Outcome, Resource, State, Version
from datasets.selectors import crosswalk
from datasets.services.publication import decide_hold, publish_version
from datasets.services.versions import keep_version

from .admin_people import form_of, url
from .factories import DatasetFactory, ResourceFactory, member
from .sending import accept, send
from .uploading import confirm, see, signed_in, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]
PATIENTS = "ភូមិ,អ្នកជំងឺ,ទូរស័ព្ទ\nរាម,3,012 345 678\nបឹងតាព្រហ្ម,12,097 111 2223\n"


def communes() -> bytes:
    """A workbook whose codes are numbers: row 214 is the one commune outside the province, and its code had a zero."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(["លេខកូដ", "ឃុំ សង្កាត់", "ទឹកជំនន់"])
    codes = sorted(code for code in crosswalk().known("today") if len(code) == 6 and not code.startswith("0"))[:250]
    for number, code in enumerate(codes, 2):
        sheet.append([10201 if number == 214 else int(code), "បន្ទាយនាង" if number == 214 else "រាម", number / 10])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def address(name: str, version: Version, *more: Any) -> str:
    return reverse(f"catalogue_admin:{name}", args=[version.uuid, *more])


def test_a_lost_zero_is_read_mended_published_and_undone(resource: Resource, client: Client, work: Work) -> None:
    admin = signed_in(resource, Capacity.ADMIN)
    version = upload(admin, resource, communes(), "ឃុំ.xlsx")
    work()
    assert '<option value="administrative-code" selected>' in see(admin, version)
    confirm(admin, version, {}, **{"column-0-kind": "administrative-code"})
    work()
    shown = see(admin, version)
    assert "row 214: the code has lost its zero" in shown
    assert "checked against today&#x27;s codes: different codes known: 249, unknown: 1." in shown

    in_khmer = admin.get(address("version", version), headers={"Accept-Language": "km"}).content.decode()
    assert "ជួរដេក 214៖ លេខកូដបានបាត់លេខសូន្យ" in in_khmer
    preview = admin.post(address("mend_version", version), {"mend": "lost-zero:លេខកូដ"}).content.decode()
    assert "<mark>10201</mark>" in preview
    assert "<strong>010201</strong>" in preview
    assert resource.versions.count() == 1
    admin.post(address("mend_version", version), {"mend": "lost-zero:លេខកូដ", "accept": "yes"})
    mended = resource.versions.latest("number")
    work()
    confirm(admin, mended, {}, **{"column-0-kind": "administrative-code"})
    work()
    mended.refresh_from_db()
    assert (mended.state, mended.filename, mended.row_count) == (State.VALID, "ឃុំ.csv", 250)
    assert mended.mends == [{"column": "លេខកូដ", "kind": "lost-zero", "cells": 1, "version": 1}]
    assert mended.data_file != version.data_file
    assert "lost its zero" in see(admin, mended)
    assert not mended.findings["findings"]
    admin.post(address("publish_version", mended))

    public = client.get(f"/en/dataset/{resource.dataset.name}/").content.decode()
    assert "Mended in version 1, column “លេខកូដ”, 1 cell: the code has lost its zero." in public
    export = b"".join(client.get(f"/resource/{resource.uuid}/export.csv").streaming_content).decode()
    assert "010201,បន្ទាយនាង" in export

    versions = client.get(f"/api/v1/resources/{resource.uuid}/versions/").json()["results"]
    assert versions[0]["mends"] == mended.mends

    admin.post(address("undo_mend", mended, 0))
    undone = resource.versions.latest("number")
    assert (undone.number, undone.data_file, undone.mends) == (3, version.data_file, [])


def test_one_of_two_steps_is_undone(resource: Resource, work: Work) -> None:
    admin = signed_in(resource, Capacity.ADMIN)
    version = upload(admin, resource, 'លេខកូដ,តម្លៃ,ថ្ងៃ\n១៨០១,"៛ 12,000",៣១/១២/២០២០\n180601,"៛ 9,000",2021-01-02\n')
    work()
    confirm(admin, version, {1: "number", 2: "date"}, **{"column-0-kind": "administrative-code"})
    work()
    version.refresh_from_db()
    assert version.state == State.INVALID
    wanted = ["khmer-digits:លេខកូដ", "amount:តម្លៃ", "date:ថ្ងៃ"]
    admin.post(address("mend_version", version), {"mend": wanted, "accept": "yes"})
    work()
    mended = resource.versions.latest("number")
    assert mended.state == State.DETECTED
    assert mended.data_file.absolute_path.read_text() == "លេខកូដ,តម្លៃ,ថ្ងៃ\n1801,12000,2020-12-31\n180601,9000,2021-01-02\n"
    assert [step["cells"] for step in mended.mends] == [1, 2, 1]
    admin.post(address("undo_mend", mended, 1))
    work()
    left = resource.versions.latest("number")
    assert left.data_file.absolute_path.read_text() == 'លេខកូដ,តម្លៃ,ថ្ងៃ\n1801,"៛ 12,000",2020-12-31\n180601,"៛ 9,000",2021-01-02\n'
    assert [(step["kind"], step["cells"]) for step in left.mends] == [("khmer-digits", 1), ("date", 1)]


def test_only_what_was_found_is_mended_and_only_by_editors(resource: Resource, work: Work) -> None:
    admin, onlooker = signed_in(resource, Capacity.ADMIN), signed_in(resource, Capacity.MEMBER)
    version = upload(admin, resource, "លេខកូដ,ឃុំ\n10201,រាម\n180601,រាម\n")
    work()
    confirm(admin, version, {}, **{"column-0-kind": "administrative-code"})
    work()
    for wanted in ("amount:លេខកូដ", "lost-zero:ឃុំ", ""):
        admin.post(address("mend_version", version), {"mend": wanted, "accept": "yes"})
    onlooker.post(address("mend_version", version), {"mend": "lost-zero:លេខកូដ", "accept": "yes"})
    assert resource.versions.count() == 1


def test_data_about_people_waits_for_a_decision_with_a_reason(resource: Resource, work: Work) -> None:
    admin, editor = signed_in(resource, Capacity.ADMIN), signed_in(resource, Capacity.EDITOR)
    version = upload(editor, resource, PATIENTS)
    work()
    confirm(editor, version, {})
    work()
    version.refresh_from_db()
    assert (version.state, version.held) == (State.VALID, True)
    shown = see(admin, version)
    for words in ("This file may be about people", "telephone number", "fewer than five people are counted"):
        assert words in shown
    assert "012 345 678" not in shown
    assert "Publish this version" not in shown
    admin.post(address("publish_version", version))
    version.refresh_from_db()
    assert version.published is None
    admin.post(address("decide_hold", version), {"outcome": "publish", "reason": "  "})
    editor.post(address("decide_hold", version), {"outcome": "publish", "reason": "ចង់"})
    assert not HoldDecision.objects.exists()
    admin.post(address("decide_hold", version), {"outcome": "publish", "reason": "លេខទូរស័ព្ទការិយាល័យ មិនមែនរបស់បុគ្គល"})
    admin.post(address("publish_version", version))
    version.refresh_from_db()
    assert version.published is not None
    decision = version.decisions.get()
    assert decision.user == version.published_by
    assert "លេខទូរស័ព្ទការិយាល័យ មិនមែនរបស់បុគ្គល" in see(admin, version)


def test_what_was_withdrawn_stays_back(work: Work) -> None:
    resource = ResourceFactory(dataset=DatasetFactory(live=False))
    version = send(resource, PATIENTS)
    work()
    version = accept(version)
    work()
    version = decide_hold(version=version, outcome=Outcome.WITHDRAW, reason="មានលេខទូរស័ព្ទអ្នកជំងឺ", user=version.created_by)
    with pytest.raises(ValidationError) as refused:
        publish_version(version=version, user=version.created_by)
    assert refused.value.code == "held"
    client = Client()
    client.force_login(version.created_by)
    client.post(url("edit", resource.dataset.pk), form_of(resource.dataset, **{"action-publish": "action-publish"}))
    assert Dataset.objects.get(pk=resource.dataset_id).live
    version.refresh_from_db()
    assert version.published is None


def test_a_draft_is_not_published_over_a_hold_in_the_admin_nor_by_the_api(work: Work) -> None:
    dataset = DatasetFactory(live=False)
    dataset.save_revision()
    version = send(ResourceFactory(dataset=dataset), PATIENTS)
    user = version.created_by
    work()
    accept(version)
    work()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    response = client.post(url("edit", dataset.pk), form_of(dataset, **{"action-publish": "action-publish"}))
    assert "Some data may be about people: ភូមិ.csv" in response.content.decode()
    from datasets.services.tokens import create_token

    _token, secret = create_token(user=user)
    answer = Client().post(
        "/api/3/action/package_patch",
        {"id": dataset.name, "state": "active"},
        content_type="application/json",
        headers={"Authorization": secret},
    )
    assert answer.status_code == 409
    assert "ភូមិ.csv" in str(answer.json()["error"])
    dataset.refresh_from_db()
    assert not dataset.live


def test_a_file_sent_by_api_is_held_too(resource: Resource, work: Work) -> None:
    user = member(resource.dataset.organization, Capacity.ADMIN)
    version = send(resource, PATIENTS, user=user, confirm=True, publish=True)
    work()
    version.refresh_from_db()
    assert (version.state, version.held, version.published) == (State.VALID, True, None)


def test_readers_see_why_a_held_file_was_published(resource: Resource, client: Client, work: Work) -> None:
    admin = signed_in(resource, Capacity.ADMIN)
    version = upload(admin, resource, "ការិយាល័យភូមិរាម៖ 012 345 678\n".encode(), "អាន.txt")
    work()
    version.refresh_from_db()
    assert (version.state, version.held) == (State.KEPT, True)
    assert "telephone number" in see(admin, version)
    admin.post(address("publish_version", version))
    admin.post(address("decide_hold", version), {"outcome": "publish", "reason": "លេខការិយាល័យ មិនមែនរបស់បុគ្គល"})
    admin.post(address("publish_version", version))
    assert "លេខការិយាល័យ មិនមែនរបស់បុគ្គល" in client.get(resource.get_absolute_url(), follow=True).content.decode()


def test_reasons_from_before_they_were_shown_stay_inside(resource: Resource, client: Client, work: Work) -> None:
    admin, secret = signed_in(resource, Capacity.ADMIN), "អ្នកស្រី សុខា បានយល់ព្រមតាមទូរស័ព្ទ"
    version = upload(admin, resource, "ការិយាល័យភូមិរាម៖ 012 345 678\n".encode(), "អាន.txt")
    work()
    admin.post(address("decide_hold", version), {"outcome": "publish", "reason": secret})
    HoldDecision.objects.filter(version=version).update(is_public=False)  # as written when nobody was told that readers see it
    admin.post(address("publish_version", version))
    version.refresh_from_db()
    assert version.published is not None
    for path in (resource.get_absolute_url(), f"/km/version/{version.uuid}/", f"/api/v1/resources/{resource.uuid}/"):
        response = client.get(path, follow=True)
        assert response.status_code == 200
        assert secret not in response.content.decode()
    assert secret in see(admin, version)


def test_a_refused_csv_is_not_published_unseen(resource: Resource, work: Work) -> None:
    version = send(resource, ",".join(f"c{number}" for number in range(20_000)) + "\nសុខ\n", filename="ធំ.csv")
    work()
    version.refresh_from_db()
    assert version.state == State.REFUSED
    kept = keep_version(version=version, user=version.created_by)
    assert kept.held
    with pytest.raises(ValidationError):
        publish_version(version=kept, user=version.created_by)


@pytest.mark.parametrize("by_name", [True, False])
def test_foreign_keys_look_into_the_other_files_of_the_dataset(work: Work, by_name: bool) -> None:
    villages = ResourceFactory(name_km="ភូមិ")
    schools = ResourceFactory(dataset=villages.dataset)
    known = send(villages, "កូដ,ឈ្មោះ\n1801,រាម\n1802,រាម\n", confirm=True)
    work()
    known.refresh_from_db()
    assert known.state == State.VALID
    key = {"fields": ["ភូមិ"], "reference": {"resource": "ភូមិ" if by_name else str(villages.uuid), "fields": ["កូដ"]}}
    fields = [{"name": "ភូមិ", "type": known.schema["fields"][0]["type"]}, {"name": "សាលា", "type": "string"}]
    version = send(schools, "ភូមិ,សាលា\n1801,ហ៊ុនសែន\n1899,រាម\n", confirm=True, schema={"fields": fields, "foreignKeys": [key]})
    work()
    version.refresh_from_db()
    assert version.state == State.INVALID
    assert [(error["type"], error["rowNumber"]) for error in version.report["tasks"][0]["errors"]] == [("foreign-key", 3)]
