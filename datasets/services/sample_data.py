"""The sample city's data: into a portal, and out of one in use."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as Role
from django.db import transaction

from datasets.charts.spec import Spec
from datasets.models import Capacity, Chart, DataFile, DataNeed, Dataset, Group, Licence, Membership, Organization, Outcome, Resource, State

from .charts import save_chart
from .datasets import create_dataset
from .detect_version import detect_version
from .publication import decide_hold, publish_dataset
from .receive_file import receive_file
from .resources import create_resource
from .validate_version import validate_version
from .versions import create_version

SAMPLE = Path(__file__).resolve().parent.parent / "sample"
PUBLISHER = "sample-publisher"
TRANSLATED = ("title", "summary", "notes", "spatial_text", "name", "description")


class SampleNotValid(Exception):
    """A sample table has errors, is held or cannot be read: the release is broken, nothing of this dataset is published."""


def load_sample_data(progress: Callable[[str], None] = lambda line: None) -> int:
    """Creates what is missing and leaves the rest alone: run it as often as you like. Returns the number of datasets.

    `progress` is told one line a dataset. Everything is marked as sample; tables are validated before anything is public.
    """
    catalogue = _read(SAMPLE / "catalogue.yaml")
    columns = _read(SAMPLE / "columns.yaml")
    with transaction.atomic():
        for row in catalogue["organizations"]:
            _keep(Organization, row)
        for row in catalogue["groups"]:
            _keep(Group, row)
        user = _publisher()
    files = sorted((SAMPLE / "datasets").glob("*.yaml"))
    for path in files:
        dataset = _load_dataset(_read(path), columns, user)
        progress(dataset.name)
    _load_needs(_read(SAMPLE / "needs.yaml"))
    return len(files)


@transaction.atomic
def _load_needs(rows: list[dict[str, Any]]) -> None:
    if DataNeed.objects.exists():
        return
    office = Organization.objects.get(name="sample-data-office")
    for row in rows:
        answer = Dataset.objects.filter(name=row.pop("dataset", "")).first()
        DataNeed.objects.create(**flat(row), dataset=answer, owed_by=office, is_sample=True)


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping in which each text per language has become a field per language: title -> title_km, title_en, title_zh_hans."""
    fields: dict[str, Any] = {}
    for key, value in row.items():
        if key in TRANSLATED and isinstance(value, Mapping):
            fields |= {f"{key}_{language.replace('-', '_')}": text for language, text in value.items()}
        else:
            fields[key] = value
    return fields


def _keep(model: type[Organization] | type[Group], row: Mapping[str, Any]) -> None:
    fields = flat(row)
    name = fields.pop("name")
    found = model.objects.filter(name=name).first()
    if found is None:
        model.objects.create(name=name, is_sample=True, **fields)


def _publisher() -> Any:
    """A user nobody can sign in as: the sample goes through the same rights as any upload."""
    users = get_user_model().objects
    user = users.filter(username=PUBLISHER).first()
    if user is None:
        user = users.create_user(username=PUBLISHER, email="", password=None)
        user.groups.add(Role.objects.get(name="data publisher"))
    for organization in Organization.objects.filter(is_sample=True):
        Membership.objects.get_or_create(user=user, organization=organization, defaults={"capacity": Capacity.ADMIN})
    return user


@transaction.atomic
def _load_dataset(row: dict[str, Any], columns: Mapping[str, Any], user: Any) -> Dataset:
    """All of it or, where a table is not valid, nothing. A dataset that is there already stays as people have made it since."""
    if found := Dataset.objects.filter(name=row["name"]).first():
        return found
    fields = flat(row)
    resources = fields.pop("resources")
    tags, groups = fields.pop("tags", []), list(Group.objects.filter(name__in=fields.pop("groups", [])))
    organization = Organization.objects.get(name=fields.pop("organization"))
    name = fields.pop("name")
    fields |= {"licence": Licence.objects.get(code=fields["licence"]), "is_sample": True}
    dataset = create_dataset(user=user, organization=organization, name=name, fields=fields, tags=tags, groups=groups)
    made = [(_load_resource(dataset, resource, columns, user), resource.get("charts", [])) for resource in resources]
    dataset = publish_dataset(dataset=dataset, user=user)
    for part, charts in made:
        part.refresh_from_db()
        for chart in charts:
            titles = flat({"title": chart["title"]})
            save_chart(chart=Chart(resource=part), user=user, titles=titles, spec=Spec.of(chart["spec"]), public=True)
    return dataset


def _load_resource(dataset: Dataset, row: Mapping[str, Any], columns: Mapping[str, Any], user: Any) -> Resource:
    filename = row["file"]
    texts = flat({key: row[key] for key in ("name", "description") if key in row})
    resource = create_resource(dataset=dataset, user=user, fields=texts | {"values_searchable": row.get("values_searchable", False)})
    with (SAMPLE / "files" / filename).open("rb") as stream:
        data_file = receive_file(stream=stream, filename=filename, user=user)
    schema = table_schema(row, columns)
    version = create_version(resource=resource, data_file=data_file, filename=filename, user=user, confirm=True, schema=schema)
    # At once what the worker would do: the tasks that are queued find it done.
    version = validate_version(version=detect_version(version=version))
    if version.held and row.get("although"):
        version = decide_hold(version=version, outcome=Outcome.PUBLISH, reason=row["although"], user=user)
    if version.state not in (State.VALID, State.KEPT) or version.held:
        raise SampleNotValid(f"{filename}: {version.state} {version.problem or version.report.get('totals', '')}")
    return resource


def table_schema(row: Mapping[str, Any], columns: Mapping[str, Any]) -> dict[str, Any]:
    """The Table Schema of a sample table: types and rules from its own file, words from columns.yaml. {} to have it detected."""
    if "fields" not in row:
        return {}
    fields = []
    for field in row["fields"]:
        words = columns[field["name"]]
        fields.append(
            {
                **field,
                "title": words["label"]["en"],
                "description": words["description"]["en"],
                "title_translated": dict(words["label"]),
                "description_translated": dict(words["description"]),
            }
        )
    key = row.get("primary_key", [])
    return {"fields": fields, **({"primaryKey": [key] if isinstance(key, str) else key} if key else {})}


@transaction.atomic
def remove_sample_data(progress: Callable[[str], None] = lambda line: None) -> int:
    """Datasets marked as sample go with their files and versions, sample organizations and groups where nothing else needs them.

    Returns the number of datasets removed. Bytes that a real dataset shares stay.
    """
    datasets = list(Dataset.objects.filter(is_sample=True))
    for dataset in datasets:
        files = list(DataFile.objects.filter(versions__resource__dataset=dataset).distinct())
        dataset.delete()
        for data_file in files:
            _forget(data_file)
        progress(dataset.name)
    DataNeed.objects.filter(is_sample=True).delete()
    Organization.objects.filter(is_sample=True, datasets__isnull=True).delete()
    Group.objects.filter(is_sample=True, datasets__isnull=True).delete()
    get_user_model().objects.filter(username=PUBLISHER, memberships__isnull=True).delete()
    return len(datasets)


def _forget(data_file: DataFile) -> None:
    if data_file.versions.exists():
        return
    path = data_file.absolute_path
    data_file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
