"""What the page of a dataset shows, gathered once: for the public page and for the editor's preview alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q

from datasets.models import Dataset, Group, Resource, State, Tag, Version
from datasets.quality.checks import points_of
from datasets.quality.freshness import last_renewed
from datasets.quality.panel import Sign, signs_of
from datasets.selectors import visible_resources
from datasets.tabular import Column, QueryError
from datasets.tabular.exporting import has_places
from datasets.vocabularies import Disaggregation, HumanSecurity, Sdg, labels

from .addresses import EXPORT_FORMATS, export_path, original_path, version_path
from .citation import citation
from .columns import ColumnFact, column_facts
from .table_preview import Preview, preview

LABELS = {"parquet": "Parquet", "geojson": "GeoJSON", "zip": "ZIP"}
MOST_ROWS = {"xlsx": 100_000}
PREVIEW_ROWS = 5
PREVIEWED = 3  # tables shown on the dataset's page; the others have their own page


@dataclass(frozen=True, slots=True)
class Download:
    """A button: `label` as on a file's name, and either its `size` in bytes or the `rows` it will have (at most `most`)."""

    label: str
    url: str
    size: int | None = None
    rows: int | None = None
    most: int | None = None

    @property
    def is_too_much(self) -> bool:
        return self.most is not None and (self.rows or 0) > self.most


@dataclass(frozen=True, slots=True)
class Part:
    """A resource with everything that is said about it."""

    resource: Resource
    version: Version | None
    downloads: Sequence[Download]
    columns: Sequence[ColumnFact]
    citation: str
    preview: Preview | None = None
    versions: Sequence[tuple[Version, str]] = ()

    @property
    def is_table(self) -> bool:
        return bool(self.version and self.version.is_table)

    @property
    def filename(self) -> str:
        """What the file is called; "" for a link."""
        return self.version.filename if self.version else ""


@dataclass(frozen=True, slots=True)
class Overview:
    """A dataset with all that its page needs; five database queries whatever the number of resources."""

    parts: Sequence[Part]
    signs: Sequence[Sign]
    groups: Sequence[Group]
    tags: Sequence[Tag]
    renewed: Any
    vocabularies: Sequence[str]
    site_url: str


def downloads(resource: Resource, query: str = "") -> list[Download]:
    """The original first, then the table in every format, each with its size or number of rows."""
    version = resource.current
    if version is None:
        return []
    found = [Download(resource.format or version.filename.rpartition(".")[2].upper(), original_path(resource), size=version.data_file.size)]
    if version.is_table:
        places = has_places([Column(column.name, column.table_type) for column in column_facts(version.schema)])
        for extension in EXPORT_FORMATS:
            if extension == "geojson" and not places:
                continue
            url = export_path(resource, extension)
            label = LABELS.get(extension, extension.upper())
            found.append(Download(label, f"{url}?{query}" if query else url, rows=version.row_count, most=MOST_ROWS.get(extension)))
    return found


def part_of(resource: Resource, *, with_preview: bool = False, versions: Sequence[Version] = ()) -> Part:
    """Everything about one resource. A preview that cannot be read is left out: the download still works."""
    version = resource.current
    table = version if version and version.is_table else None
    columns = column_facts(version.schema) if version else []
    shown: Preview | None = None
    if table and with_preview:
        try:
            shown = preview(table, columns, limit=PREVIEW_ROWS)
        except (QueryError, OSError):
            shown = None
    return Part(
        resource=resource,
        version=version,
        downloads=downloads(resource),
        columns=columns if table else [],
        citation=citation(resource.dataset, resource),
        preview=shown,
        versions=[(one, version_path(one)) for one in versions],
    )


def overview(dataset: Dataset) -> Overview:
    """What `datasets/dataset.html` shows of a dataset, which may be a draft in the editor's preview."""
    offered = getattr(dataset, "offered_resources", None)  # fetched with the dataset, or not yet
    if not dataset.is_public:
        offered = _all_resources(dataset)
    resources = list(visible_resources().filter(dataset_id=dataset.pk)) if offered is None else offered
    dataset.offered_resources = resources  # type: ignore[attr-defined]
    for resource in resources:
        resource.dataset = dataset
    versions = _history(resources)
    parts = []
    for resource in resources:
        tables = sum(part.preview is not None for part in parts)
        parts.append(part_of(resource, with_preview=tables < PREVIEWED, versions=versions.get(resource.pk, [])))
    words = [
        *labels(Sdg, dataset.sdgs),
        *labels(HumanSecurity, dataset.human_security),
        *labels(Disaggregation, dataset.disaggregation),
    ]
    return Overview(
        parts=parts,
        signs=signs_of(points_of(dataset, resources)),
        groups=list(dataset.groups.all()),
        tags=list(dataset.tags.all()),
        renewed=last_renewed(dataset, resources),
        vocabularies=words,
        site_url=settings.SITE_URL.rstrip("/"),
    )


def _history(resources: Sequence[Resource]) -> dict[int, list[Version]]:
    """Published versions by resource, newest first, and uploads of the same bytes, which are recorded as "no change"."""
    files = [resource for resource in resources if resource.current_id]
    if not files:
        return {}
    shown = Q(published__isnull=False) | Q(state=State.NO_CHANGE)
    history = Version.objects.filter(shown, resource__in=files).select_related("data_file").order_by("-number")
    published = {(version.resource_id, version.data_file_id) for version in history if version.published}
    versions: dict[int, list[Version]] = {}
    for version in history:
        if (version.resource_id, version.data_file_id) in published:
            versions.setdefault(version.resource_id, []).append(version)
    return versions


def _all_resources(dataset: Dataset) -> list[Resource]:
    resources = Resource.objects.filter(dataset_id=dataset.pk, deleted_at__isnull=True)
    return list(resources.select_related("current", "current__data_file").order_by("position", "pk"))
