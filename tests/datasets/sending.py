"""How the tests send a file through the services."""

import io

from datasets.models import Capacity, Resource, Version
from datasets.services.receive_file import receive_file
from datasets.services.versions import confirm_version, create_version

from .factories import member

VILLAGES = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1200\n18010102,ភូមិ២,860\n"
FAULTY = "កូដ,ឈ្មោះ,ប្រជាជន\n18010101,ភូមិ១,1200\n18010102,ភូមិ២,ច្រើន\n"


def send(resource: Resource, data: str | bytes, user=None, filename: str = "ភូមិ.csv", **options) -> Version:
    user = user or member(resource.dataset.organization, Capacity.ADMIN)
    data = data.encode() if isinstance(data, str) else data
    kept = receive_file(stream=io.BytesIO(data), filename=filename, user=user)
    return create_version(resource=resource, data_file=kept, filename=filename, user=user, **options)


def accept(version: Version, user=None) -> Version:
    version.refresh_from_db()
    return confirm_version(version=version, dialect=version.dialect, schema=version.schema, user=user or version.created_by)
