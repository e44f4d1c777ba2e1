"""New versions of the portal's own records, where their rows have changed."""

import csv
import io
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from datasets.models import Capacity, Dataset, Licence, Membership, Organization
from datasets.own_records import RECORDS, OwnRecord

from .datasets import create_dataset
from .publication import publish_dataset
from .receive_file import receive_file
from .resources import create_resource
from .versions import create_version

PUBLISHER = "own-records"
ORGANIZATION = {
    "name": "this-portal",
    "title_km": "ក្រុងព្រះសីហនុសម្រាប់ទាំងអស់គ្នា",
    "title_en": "Sihanoukville for All",
    "title_zh_hans": "人人共享的西哈努克市",
}


def publish_own_records() -> int:
    """How many records got a new version. A record without rows makes no dataset; a dataset that somebody withdrew stays withdrawn."""
    return sum(_publish(record) for record in RECORDS.values())


@transaction.atomic
def _publish(record: OwnRecord) -> bool:
    rows = list(record.rows())
    dataset = Dataset.objects.filter(name=record.name).first()
    if not rows or (dataset and not dataset.is_public):
        return False
    user, organization = _publisher()
    if dataset is None:
        fields = {"update_frequency": "continual", "licence": Licence.objects.get(code="cc-zero"), **record.about}
        dataset = create_dataset(user=user, organization=organization, name=record.name, fields=fields)
        publish_dataset(dataset=dataset, user=user)
        names = {f"name_{language}": record.about[f"title_{language}"] for language in ("km", "en", "zh_hans")}
        create_resource(dataset=dataset, user=user, fields=names)
    schema = record.schema()
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows([[field["name"] for field in schema["fields"]], *rows])
    filename = f"{record.name}.csv"
    data_file = receive_file(stream=io.BytesIO(file.getvalue().encode()), filename=filename, user=user)
    resource = dataset.resources.filter(deleted_at__isnull=True).first()
    newest = resource and resource.versions.first()
    if resource is None or (newest and newest.data_file_id == data_file.pk):
        return False
    create_version(resource=resource, data_file=data_file, filename=filename, user=user, confirm=True, publish=True, schema=dict(schema))
    return True


def _publisher() -> tuple[Any, Organization]:
    """A user nobody can sign in as: own records go through the same rights as any upload."""
    users = get_user_model()._default_manager
    user = users.filter(username=PUBLISHER).first() or users.create_user(username=PUBLISHER, password=None)
    organization, _ = Organization.objects.get_or_create(name=ORGANIZATION["name"], defaults=ORGANIZATION)
    Membership.objects.get_or_create(user=user, organization=organization, defaults={"capacity": Capacity.ADMIN})
    return user, organization
