"""How the tests send a file through the admin and look at what comes of it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from datasets.models import Resource, Version

from .factories import member

GOOD = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1200\n18010102,ភូមិ២,860\n"
FAULTY = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,១ ២០០\n18010102,ភូមិ២,860\n"


def signed_in(resource: Resource, capacity: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(member(resource.dataset.organization, capacity))
    return client


def upload(client: Client, resource: Resource, data: str | bytes, filename: str = "ភូមិ.csv") -> Version:
    data = data.encode() if isinstance(data, str) else data
    address = reverse("catalogue_admin:upload", args=[resource.uuid])
    response = client.post(address, {"file": SimpleUploadedFile(filename, data), "note": "ពីការិយាល័យស្ថិតិ"})
    assert response.status_code == 302, response.content.decode()
    return Version.objects.latest("pk")


def page(version: Version) -> str:
    return reverse("catalogue_admin:version", args=[version.uuid])


def see(client: Client, version: Version, query: str = "") -> str:
    response = client.get(page(version) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def confirm(client: Client, version: Version, types: dict[int, str], **more: str) -> Any:
    version.refresh_from_db()
    data = {"schema-missing": ""}
    for number, field in enumerate(version.schema["fields"]):
        data[f"column-{number}-type"] = types.get(number, field["type"])
    return client.post(page(version), {**data, **more})
