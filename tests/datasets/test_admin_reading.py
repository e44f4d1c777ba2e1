"""How a file is read: guessed, corrected on the version's screen, remembered, and proposed for the next version."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from datasets.models import Resource, State, Version

from .tabular.test_forms_of_files import HEADED, JOINED, KML, merged_xlsx
from .tabular.workbooks import ods, xls
from .uploading import confirm, page, see, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]
ODD = "សង្កាត់;ផ្ទៃ;\nក;១;\nឈ្មោះ;ផ្ទៃដី;ចំនួន\nភូមិ១;1.200;5\nភូមិ២;3.400;-\n"


def fields(version: Version) -> dict[str, str]:
    version.refresh_from_db()
    return {field["name"]: field["type"] for field in version.schema["fields"]}


def read_again(client: Client, version: Version, **data: str) -> None:
    given = {"read-again": "yes", **{f"reading-{name}": value for name, value in data.items()}}
    assert client.post(page(version), given).status_code == 302


def test_what_was_corrected_is_remembered_for_the_next_version(editor: Client, resource: Resource, work: Work) -> None:
    first = upload(editor, resource, ODD.encode("utf-16-le"))
    work()
    read_again(editor, first, header_row="3", encoding="utf-16-le", delimiter=";", decimal=",")
    work()
    assert fields(first) == {"ឈ្មោះ": "string", "ផ្ទៃដី": "number", "ចំនួន": "integer"}
    assert "<td>1.200</td>" in see(editor, first)
    confirm(editor, first, {}, **{"schema-missing": "-", "column-1-title_km": "ផ្ទៃដី (ហិកតា)"})
    work()
    first.refresh_from_db()
    assert (first.state, first.row_count, first.error_count) == (State.VALID, 2, 0)

    second = upload(editor, resource, (ODD + "ភូមិ៣;2.000;-\n").encode("utf-16-le"))
    work()
    second.refresh_from_db()
    assert (second.dialect, second.schema) == (first.dialect, first.schema)
    assert second.schema["fields"][1]["decimalChar"] == ","

    third = upload(editor, resource, 'ឈ្មោះ,ផ្ទៃដី\nភូមិ១,"1,5"\n')
    work()
    third.refresh_from_db()
    assert third.dialect["csv"]["delimiter"] == ",", "columns differ: what was remembered does not fit this file"


def test_a_certain_encoding_is_not_overruled_by_the_one_before(editor: Client, resource: Resource, work: Work) -> None:
    first = upload(editor, resource, "nom,ville\n1,Hôtel Indépendance\n".encode("cp1252"))
    work()
    confirm(editor, first, {})
    work()
    second = upload(editor, resource, "nom,ville\n1,ក្រុងព្រះសីហនុ\n")
    work()
    second.refresh_from_db()
    assert second.dialect["encoding"] == "utf-8"
    assert "ក្រុងព្រះសីហនុ" in see(editor, second)


def test_a_wrong_encoding_can_be_taken_back(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "ឈ្មោះ,ចំនួន\nភូមិ១,1\n")
    work()
    read_again(editor, version, header_row="1", encoding="utf-16", delimiter=",")
    work()
    shown = see(editor, version)
    assert "The characters of the file cannot be read" in shown
    read_again(editor, version, header_row="1", encoding="utf-8", delimiter=",")
    work()
    assert fields(version) == {"ឈ្មោះ": "string", "ចំនួន": "integer"}


@pytest.mark.parametrize(("data", "name"), [(merged_xlsx, "ភូមិ.xlsx"), (lambda: xls("ភូមិ", HEADED), "ភូមិ.xls")])
def test_a_header_of_two_rows_is_shown_joined(editor: Client, resource: Resource, work: Work, data: Callable[[], bytes], name: str) -> None:
    version = upload(editor, resource, data(), name)
    work()
    read_again(editor, version, header_row="2", header_height="2", sheet=version_sheet(version))
    work()
    assert list(fields(version)) == JOINED
    shown = see(editor, version)
    assert "ប្រជាជន – ស្រី" in shown
    confirm(editor, version, {})
    work()
    version.refresh_from_db()
    assert (version.state, version.row_count) == (State.VALID, 1)


def version_sheet(version: Version) -> str:
    version.refresh_from_db()
    return str(version.detection["sheet"])


def test_every_other_sheet_is_offered_as_a_file_of_its_own(editor: Client, resource: Resource, work: Work) -> None:
    book = ods({"ភូមិ": [["កូដ", "ឈ្មោះ"], ["01", "ភូមិ១"]], "ឃុំ": [["លេខ", "ឃុំ"], [7, "ឃុំ១"]], "ស្រុក": [["ស្រុក"], ["ស្រុក១"]]})
    version = upload(editor, resource, book, "ភូមិ.ods")
    work()
    assert "The other sheets of this workbook" in see(editor, version)
    answer = editor.post(page(version), {"offer-sheets": "yes", "sheet": ["ឃុំ", "ស្រុក"]})
    assert answer.url == reverse("catalogue_admin:files", args=[resource.dataset.uuid])
    work()
    made = Resource.objects.exclude(pk=resource.pk).order_by("position")
    assert [(each.name_km, list(fields(each.versions.get()))) for each in made] == [("ឃុំ", ["លេខ", "ឃុំ"]), ("ស្រុក", ["ស្រុក"])]
    assert {each.versions.get().data_file_id for each in made} == {version.data_file_id}
    assert "Choose sheets of this workbook." in editor.post(page(version), {"offer-sheets": "yes", "sheet": "ខេត្ត"}).content.decode()


def test_places_and_records_become_tables(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, KML, "ផ្សារ.kml")
    work()
    assert fields(version)["longitude"] == "number"
    version = upload(editor, resource, '{"ឃុំ": "ឃុំ១", "n": 1}\n{"ឃុំ": "ឃុំ២", "n": 2}\n', "ឃុំ.ndjson")
    work()
    assert fields(version) == {"ឃុំ": "string", "n": "integer"}
    assert "Header row" not in see(editor, version)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("ភូមិ,ចំនួន\nក,១២០\n", "“ចំនួន” has numbers in Khmer digits (១២០). They are kept exactly as they are"),
        ("PUmi,cMnYn\nPUmi1,12\n", "old Khmer font (Limon, ABC)"),
    ],
)
def test_what_cannot_be_read_by_itself_is_said(editor: Client, resource: Resource, work: Work, data: str, words: str) -> None:
    version = upload(editor, resource, data)
    work()
    assert words in see(editor, version)


@pytest.mark.parametrize(
    ("state", "progress", "words"),
    [
        (State.RECEIVED, {}, ["The file is safe and is being read.", "Next you see the first rows and say what the columns mean."]),
        (State.CONFIRMED, {}, ["The file waits for its turn to be checked."]),
        (State.CHECKING, {"rows": 1_200_000}, ["1,200,000 rows so far.", "Next you read the report, and publish."]),
        (State.CHECKING, {"rows": 1_200_000, "table": True}, ["Every cell was checked. The table is being made.", "Every cell checked ✓"]),
    ],
)
def test_whoever_waits_sees_how_far_it_is_and_what_comes_next(
    editor: Client, resource: Resource, state: State, progress: dict, words: list[str]
) -> None:
    version = upload(editor, resource, "ភូមិ,ចំនួន\nក,1\n")
    Version.objects.filter(pk=version.pk).update(state=state, progress=progress)
    shown = see(editor, version)
    assert [sentence for sentence in words if sentence not in shown] == []
    assert '<noscript><meta http-equiv="refresh"' in shown
