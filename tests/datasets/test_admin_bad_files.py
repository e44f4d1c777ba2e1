"""What the admin answers to files that are broken, hostile, odd or too large: in words, with the bytes kept and the site up."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from datasets.models import DataFile, Resource

from .uploading import confirm, see, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (700 << 20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "said"),
    [
        (b"", "a.csv", "The file is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "a.csv", "not what the name of the file promises"),
        (bomb, "a.xlsx", "unpacks to far more"),
        (b"PK\x03\x04 not a workbook", "a.xlsx", "The workbook cannot be read"),
        (b'{"type": "FeatureCollection", "features": [', "a.geojson", "not GeoJSON"),
        (b"MZ\x90\x00" + bytes(500), "កម្មវិធី.exe", "This is a program, not data"),
        (lambda: bomb()[:-100], "ទិន្នន័យ.zip", "The archive is not complete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "has a password"),
    ],
)
def test_a_bad_file_is_answered_in_words_and_kept(
    editor: Client, resource: Resource, work: Work, data: Any, filename: str, said: str
) -> None:
    data = data() if callable(data) else data
    version = upload(editor, resource, data, filename)
    work()
    shown = see(editor, version)
    assert said in shown
    assert "The bytes are kept" in shown
    version.refresh_from_db()
    assert version.data_file.absolute_path.read_bytes() == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("ក,ខ\n1,2\n3\n4,5,6\n", "do not have 2 cells"),
        ("ក,ក\n1,2\n", "Several columns are called"),
        ("ក,ខ,\n1,2,3\n4,5,6\n", "has no name"),
        ("1,2\n3,4\n5,6\n", "no header row"),
    ],
)
def test_an_odd_file_is_shown_with_a_warning(editor: Client, resource: Resource, work: Work, data: str, said: str) -> None:
    version = upload(editor, resource, data)
    work()
    assert said in see(editor, version)


def test_ragged_rows_are_reported_by_row(editor: Client, resource: Resource, work: Work) -> None:
    version = upload(editor, resource, "ក,ខ\n1,2\n3\n4,5,6\n")
    work()
    confirm(editor, version, {})
    work()
    shown = see(editor, version)
    assert "The row has too few cells." in shown
    assert "The row has too many cells." in shown


def test_a_file_over_the_limit_is_refused_in_the_form(editor: Client, resource: Resource, settings: Any, tmp_path: Path) -> None:
    settings.MAX_UPLOAD_MB = 1
    for address in (
        reverse("catalogue_admin:upload", args=[resource.uuid]),
        reverse("catalogue_admin:add_resource", args=[resource.dataset.uuid]),
    ):
        response = editor.post(address, {"file": SimpleUploadedFile("big.csv", b"1" * 1_100_000), "name_km": "ធំ"})
        assert response.status_code == 200
        assert "larger than 1 MB" in response.content.decode()
    assert not DataFile.objects.exists()
