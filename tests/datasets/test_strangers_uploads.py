"""Files that strangers send along with a form fill no disk, whatever address they send them to."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from datasets.models import Capacity, Resource
from datasets.services.tokens import create_token

from .factories import member

pytestmark = [pytest.mark.django_db]
MEGABYTE = 1 << 20


class Watched(io.BytesIO):
    """A request's body that looks, while it is read, at how much of it lies in the folder for uploads."""

    most = 0

    def read(self, size: int | None = -1, /) -> bytes:
        lying = sum(path.stat().st_size for path in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*"))
        self.most = max(self.most, lying)
        return super().read(size)


def send(client: Client, address: str, *, files: int = 3, fields: dict[str, str] | None = None, **headers: str) -> tuple[Any, int]:
    """The answer to a form with so many files of a megabyte, and the most bytes that lay on the disk meanwhile."""
    head = '--B\r\nContent-Disposition: form-data; name="{}"'
    parts = [f"{head.format(name)}\r\n\r\n{value}\r\n".encode() for name, value in (fields or {}).items()]
    for number in range(files):
        name = "upload" if number == 0 else f"upload{number}"
        parts.append(f'{head.format(name)}; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'.encode() + b"a" * MEGABYTE + b"\r\n")
    data = b"".join([*parts, b"--B--\r\n"])
    body = Watched(data)
    sent = {"CONTENT_TYPE": "multipart/form-data; boundary=B", "CONTENT_LENGTH": str(len(data)), "wsgi.input": body}
    return client.post(address, headers=headers, **sent), body.most  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["/km/feedback/", "/km/", "/admin/login/", "/api/3/action/package_search", "/api/v1/sql/"])
def test_nothing_that_a_stranger_sends_lies_on_the_disk(address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    assert send(client, address)[1] == 0
    assert send(client, address, Authorization="made-up")[1] == 0


def test_all_files_of_a_request_share_one_limit_and_a_program_is_told(settings: Any, resource: Resource) -> None:
    settings.MAX_UPLOAD_MB = 2
    _token, secret = create_token(user=member(resource.dataset.organization, Capacity.ADMIN))
    fields = {"package_id": resource.dataset.name, "name": "ភូមិ"}
    answer, lying = send(Client(), "/api/3/action/resource_create", fields=fields, Authorization=secret)
    assert answer.status_code == 413
    assert "too large" in answer.json()
    assert lying <= 2_000_000
    assert Resource.objects.count() == 1
    answer, _lying = send(Client(), "/api/3/action/resource_create", files=1, fields=fields, Authorization=secret)
    assert answer.json()["success"] is True
