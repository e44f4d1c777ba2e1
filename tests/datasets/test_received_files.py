"""Bytes: kept once, under their checksum, before anything reads them; bad ones refused with a reason and kept too."""

import hashlib
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from datasets.models import DataFile, State
from datasets.services.publication import NotPublishable, publish_version
from datasets.services.receive_file import FileTooLarge, receive_file
from datasets.services.versions import keep_version, tidy_filename

from .factories import ResourceFactory
from .sending import VILLAGES, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folders")]
Work = Callable[[], None]


def test_bytes_are_kept_once_under_their_checksum() -> None:
    data = VILLAGES.encode()
    first = receive_file(stream=io.BytesIO(data), filename="a.csv")
    assert receive_file(stream=io.BytesIO(data), filename="b.csv") == first
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    assert first.absolute_path.read_bytes() == data
    assert [path.name for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()] == [first.sha256]


def test_bytes_lost_from_the_disk_come_back_with_the_next_upload() -> None:
    kept = receive_file(stream=io.BytesIO(b"a,b\n1,2\n"), filename="a.csv")
    kept.absolute_path.unlink()
    receive_file(stream=io.BytesIO(b"a,b\n1,2\n"), filename="a.csv")
    assert kept.absolute_path.read_bytes() == b"a,b\n1,2\n"


def test_a_file_over_the_limit_leaves_nothing_behind(settings) -> None:
    settings.MAX_UPLOAD_MB = 1
    with pytest.raises(FileTooLarge):
        receive_file(stream=io.BytesIO(b"1" * 1_000_001), filename="a.csv")
    assert not DataFile.objects.exists()
    assert not [path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\ភូមិ.csv", "ភូមិ.csv"),
        ("a\x00\n.csv", "a.csv"),
        ("", "file"),
        ("..", "file"),
        ("x" * 300 + ".csv", "x" * 251 + ".csv"),
    ],
)
def test_file_names_become_harmless(given: str, kept: str) -> None:
    assert tidy_filename(given) == kept


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (700 << 20))
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "filename", "code"),
    [
        (b"", "a.csv", "empty-file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00", "a.csv", "binary-content"),
        (bomb, "a.xlsx", "zip-bomb"),
        (b"PK\x03\x04 not a workbook", "a.xlsx", "unreadable-xlsx"),
        (b'{"type": "FeatureCollection", "features": [', "a.geojson", "bad-geojson"),
    ],
)
def test_bad_files_are_refused_with_a_reason_and_kept(work: Work, data, filename: str, code: str) -> None:
    data = data() if callable(data) else data
    version = send(ResourceFactory(), data, filename=filename, confirm=True, publish=True)
    work()
    version.refresh_from_db()
    assert (version.state, version.problem["code"]) == (State.REFUSED, code)
    assert version.data_file.absolute_path.read_bytes() == data
    with pytest.raises(NotPublishable):
        publish_version(version=version, user=version.created_by)


def test_a_broken_workbook_can_be_offered_as_it_is(work: Work) -> None:
    version = send(ResourceFactory(), b"PK\x03\x04 not a workbook", filename="a.xlsx")
    work()
    version.refresh_from_db()
    keep_version(version=version, user=version.created_by)
    publish_version(version=version, user=version.created_by)
    version.refresh_from_db()
    assert version.published is not None
