"""What the catalogue gives to search: a document for each public dataset and each public resource."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import polars as pl
from django.db.models import QuerySet
from django.utils import translation

from datasets.models import Dataset, Resource
from datasets.models.identity import language_path
from datasets.selectors import visible_datasets, visible_resources, with_resources
from datasets.services.store_packages import package_changes, store_packages
from search.documents import LANGUAGES, Document

logger = logging.getLogger(__name__)

MOST_VALUES = 50_000  # of a resource
LONGEST_VALUE = 100  # what is longer is a text, not a name


def cell_values(resource: Resource) -> dict[str, list[str]]:
    """For each text column the path that shows the rows of a value (put behind it) -> its different values that hold a letter."""
    path = resource.current.parquet_path if resource.values_searchable and resource.current else None
    if path is None or not path.exists():
        return {}
    found: dict[str, list[str]] = {}
    left = MOST_VALUES
    try:
        table = pl.scan_parquet(path, glob=False)
        for name, kind in table.collect_schema().items():
            if kind != pl.String or left <= 0:
                continue
            column = pl.col(name)
            wanted = column.str.contains(r"\p{L}") & (column.str.len_chars() <= LONGEST_VALUE)
            values = table.filter(wanted).select(column.unique(maintain_order=True).head(left)).collect().to_series().to_list()
            left -= len(values)
            if values:
                found[f"/dataset/{resource.dataset.name}/resource/{resource.uuid}/?is.{quote(name)}="] = values
    except (OSError, pl.exceptions.PolarsError):
        logger.exception("The values of resource %s cannot be read.", resource.pk)
    return found


def texts(row: Any, field: str) -> dict[str, str]:
    """A translated field by language, where it is filled."""
    found = {language: getattr(row, f"{field}_{language.replace('-', '_')}") or "" for language in LANGUAGES}
    return {language: text for language, text in found.items() if text.strip()}


def _addresses(path: str) -> dict[str, str]:
    return {language: language_path(path, language) for language in LANGUAGES}


def column_words(resource: Resource) -> list[str]:
    """Names, labels and descriptions of a table's columns, in all languages."""
    words: list[str] = []
    for field in (resource.current.schema if resource.current else {}).get("fields", []):
        words += [field.get("name"), field.get("title"), field.get("description")]
        words += [*field.get("title_translated", {}).values(), *field.get("description_translated", {}).values()]
    return [word for word in words if isinstance(word, str) and word]


def _facets(dataset: Dataset, formats: Iterable[str]) -> dict[str, list[str]]:
    return {
        "organization": [dataset.organization.name],
        "topic": [group.name for group in dataset.groups.all()],
        "format": sorted({name for name in formats if name}),
        "licence": [dataset.licence.code] if dataset.licence else [],
        "tag": [tag.name for tag in dataset.tags.all()],
    }


def _joined(*parts: Mapping[str, str]) -> dict[str, str]:
    return {language: "\n".join(part[language] for part in parts if part.get(language)) for language in LANGUAGES}


def _size(resources: Iterable[Resource]) -> int:
    return sum(resource.current.data_file.size for resource in resources if resource.current)


class DatasetSource:
    """Public datasets, found by their own words and by those of their columns."""

    name = "dataset"

    def _rows(self) -> QuerySet[Dataset]:
        return visible_datasets().filter(live=True, private=False)

    def pks(self) -> Iterable[int]:
        return self._rows().order_by("pk").values_list("pk", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        changes = package_changes(pks)
        rows = list(with_resources(self._rows().filter(pk__in=pks)))
        store_packages(datasets=rows, changes=changes)  # the rows are in hand: the Action API gets its dictionaries in the same go
        for dataset in rows:
            yield self._document(dataset)

    def _document(self, dataset: Dataset) -> Document:
        resources: list[Resource] = dataset.offered_resources
        names = [texts(resource, "name") for resource in resources]
        words = [word for resource in resources for word in column_words(resource)]
        return Document(
            key=f"dataset:{dataset.pk}",
            kind="dataset",
            language=None,
            title=texts(dataset, "title"),
            summary=texts(dataset, "summary"),
            body=_joined(texts(dataset, "notes"), texts(dataset, "spatial_text"), texts(dataset.organization, "title"), *names),
            keywords=[dataset.name, *(tag.name for tag in dataset.tags.all()), *words],
            url=_addresses(f"/dataset/{dataset.name}/"),
            facets=_facets(dataset, (resource.format for resource in resources)),
            modified=dataset.modified,
            values={path: values for resource in resources for path, values in cell_values(resource).items()},
            sort={"size": _size(resources), "name": dataset.name, "created": dataset.created.timestamp()},
            extra={"uuid": str(dataset.uuid), "name": dataset.name},
        )


class ResourceSource:
    """Public resources: files and links by their own names, descriptions and columns."""

    name = "resource"

    def _rows(self) -> QuerySet[Resource]:
        return visible_resources().select_related("dataset__licence").prefetch_related("dataset__groups", "dataset__tags")

    def pks(self) -> Iterable[int]:
        return self._rows().order_by("pk").values_list("pk", flat=True)

    def documents(self, pks: Sequence[int]) -> Iterable[Document]:
        for resource in self._rows().filter(pk__in=pks):
            yield self._document(resource)

    def _document(self, resource: Resource) -> Document:
        dataset = resource.dataset
        return Document(
            key=f"resource:{resource.pk}",
            kind="resource",
            language=None,
            title=texts(resource, "name") or texts(dataset, "title"),
            summary=texts(resource, "description") or texts(dataset, "title"),
            body=_joined(texts(dataset, "title"), texts(dataset.organization, "title")),
            keywords=[*(tag.name for tag in dataset.tags.all()), *column_words(resource)],
            url=_addresses(f"/dataset/{dataset.name}/resource/{resource.uuid}/"),
            facets=_facets(dataset, [resource.format]),
            modified=resource.modified,
            values=cell_values(resource),
            sort={"size": _size([resource]), "created": resource.created.timestamp()},
            extra={"uuid": str(resource.uuid), "dataset": dataset.name},
        )


def titles(model: Any, key: str, values: Sequence[str], language: str) -> Mapping[str, str]:
    """The labels of a facet whose values are the `key` of a model's rows."""
    with translation.override(language):
        return {getattr(row, key): str(row) for row in model.objects.filter(**{f"{key}__in": values})}
