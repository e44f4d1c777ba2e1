"""What can be read, as querysets: the only place that knows what the public may see."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from datasets.tabular.crosswalk import COLUMNS, Crosswalk, read_crosswalk

from .models import Chart, Dataset, Group, Licence, Organization, Resource, Tag, Version
from .policies import capacities, editing_organizations, is_superuser, publishing_organizations

NOBODY = AnonymousUser()
CROSSWALK = "administrative-codes"  # the dataset's name
SHIPPED = Path(__file__).parent / "sample" / "files"
SHIPPED_CROSSWALK = SHIPPED / "administrative-codes.csv"
_read_crosswalk = lru_cache(maxsize=2)(read_crosswalk)  # tables never change; a new version has a path of its own


def public(prefix: str = "") -> Q:
    """The condition "the public may see this dataset", `prefix` being the way to it ("datasets__")."""
    return Q(**{f"{prefix}live": True, f"{prefix}private": False, f"{prefix}deleted_at__isnull": True})


def visible_datasets(user: Any = NOBODY) -> QuerySet[Dataset]:
    """Published datasets, and drafts and private ones of the user's organizations; never deleted ones."""
    datasets = Dataset.objects.filter(deleted_at__isnull=True).select_related("organization", "licence")
    if is_superuser(user):
        return datasets
    return datasets.filter(public() | Q(organization__in=capacities(user)))


def editable_datasets(user: Any) -> QuerySet[Dataset]:
    """Datasets the user may change."""
    datasets = Dataset.objects.filter(deleted_at__isnull=True).select_related("organization")
    return datasets if is_superuser(user) else datasets.filter(organization__in=editing_organizations(user))


def publishable_datasets(user: Any) -> QuerySet[Dataset]:
    """Datasets the user may publish."""
    datasets = Dataset.objects.filter(deleted_at__isnull=True)
    return datasets if is_superuser(user) else datasets.filter(organization__in=publishing_organizations(user))


def withdrawn_datasets(user: Any) -> QuerySet[Dataset]:
    """Withdrawn datasets of the user's organizations, the last first."""
    datasets = Dataset.objects.filter(deleted_at__isnull=False).select_related("organization").order_by("-deleted_at")
    return datasets if is_superuser(user) else datasets.filter(organization__in=capacities(user))


def withdrawn_resources(user: Any) -> QuerySet[Resource]:
    """Withdrawn files and links of datasets that stand, of the user's organizations, the last first."""
    found = Resource.objects.filter(deleted_at__isnull=False, dataset__deleted_at__isnull=True).select_related("dataset__organization")
    found = found.order_by("-deleted_at")
    return found if is_superuser(user) else found.filter(dataset__organization__in=capacities(user))


def editable_organizations(user: Any) -> QuerySet[Organization]:
    """Organizations for which the user may make datasets."""
    return Organization.objects.all() if is_superuser(user) else Organization.objects.filter(pk__in=editing_organizations(user))


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def dataset_for(user: Any, id_or_name: str) -> Dataset:
    """The dataset with this uuid, name or former name. Dataset.DoesNotExist when there is none that the user may see."""
    datasets = visible_datasets(user)
    key = as_uuid(id_or_name)
    if key is not None:
        return datasets.get(uuid=key)
    found = datasets.filter(name=id_or_name).first()
    return found or datasets.get(former_names__name=id_or_name)


def _resource_visible(user: Any) -> Q:
    standing = Q(deleted_at__isnull=True, dataset__deleted_at__isnull=True)
    if is_superuser(user):
        return standing
    offered = Q(current__isnull=False) | ~Q(link_url="")
    return standing & ((public("dataset__") & offered) | Q(dataset__organization__in=capacities(user)))


def visible_resources(user: Any = NOBODY) -> QuerySet[Resource]:
    """Resources of `visible_datasets` in their order; for the public, links and those with a published version."""
    resources = Resource.objects.filter(_resource_visible(user))
    return resources.select_related("dataset", "dataset__organization", "current", "current__data_file")


class Table(NamedTuple):
    """The published table of a resource; `schema` is its Table Schema."""

    resource: UUID
    path: Path
    schema: dict[str, Any]


def visible_tables(user: Any = NOBODY, **wanted: Any) -> list[Table]:
    """Tables of the `visible_resources` with these fields: no rows are made, since a page of a table costs less than its resource's row."""
    untranslated = Resource.objects.rewrite(False)  # type: ignore[attr-defined]  # modeltranslation would look through every name
    found = untranslated.filter(_resource_visible(user), **wanted, current__parquet__gt="").order_by("pk")
    rows = found.values_list("uuid", "current__parquet", "current__schema")
    return [Table(uuid, Path(settings.PARQUET_DIR) / name, schema) for uuid, name, schema in rows]


def visible_versions(user: Any, resource: Resource) -> QuerySet[Version]:
    """Published versions of a resource, and to members every version, newest first."""
    versions = Version.objects.filter(resource=resource).select_related("data_file").order_by("-number")
    member = is_superuser(user) or resource.dataset.organization_id in capacities(user)
    return versions if member else versions.filter(published__isnull=False)


def version_for(user: Any, uuid: UUID) -> Version:
    """The version with this uuid, its resource as the user sees it. Version.DoesNotExist when there is none that the user may see."""
    resource = visible_resources(user).filter(versions__uuid=uuid).first()
    if resource is None:
        raise Version.DoesNotExist
    version = visible_versions(user, resource).get(uuid=uuid)
    version.resource = resource
    return version


def published_before(version: Version) -> Version | None:
    """The version of the same resource that was published before this one."""
    older = Version.objects.filter(resource_id=version.resource_id, number__lt=version.number, published__isnull=False)
    return older.select_related("data_file").order_by("-number").first()


def with_resources(datasets: QuerySet[Dataset], user: Any = NOBODY) -> QuerySet[Dataset]:
    """`datasets` with groups, tags and visible resources (as `offered_resources`) fetched in a constant number of queries."""
    return datasets.prefetch_related(*parts(user))


def parts(user: Any = NOBODY) -> tuple[str | Prefetch[Any], ...]:
    """What belongs to a dataset, to be prefetched: groups, tags and visible resources (as `offered_resources`)."""
    resources = visible_resources(user).select_related(None).select_related("current__data_file")  # their dataset is at hand
    return "groups", "tags", Prefetch("resources", queryset=resources, to_attr="offered_resources")


def _counted(model: Any) -> QuerySet[Any]:
    return model.objects.annotate(dataset_count=Count("datasets", filter=public("datasets__"), distinct=True))


def organizations() -> QuerySet[Organization]:
    """Every organization, with `dataset_count`: its public datasets."""
    return _counted(Organization)


def groups() -> QuerySet[Group]:
    """Every group, with `dataset_count`: its public datasets."""
    return _counted(Group)


def tags() -> QuerySet[Tag]:
    """Tags of public datasets."""
    return Tag.objects.filter(Exists(Dataset.objects.filter(public(), tags=OuterRef("pk"))))


def licences() -> QuerySet[Licence]:
    """Every licence, in CKAN's order."""
    return Licence.objects.all()


def public_table(dataset: str) -> Version | None:
    """The first table without errors of a public dataset of that name."""
    found = visible_resources().filter(dataset__name=dataset, current__error_count=0).exclude(current__parquet="").first()
    return found.current if found is not None else None


def visible_charts(user: Any = NOBODY) -> QuerySet[Chart]:
    """Public charts that are drawn, of the resources that the user sees."""
    charts = Chart.objects.filter(is_public=True, resource__in=visible_resources(user)).exclude(drawn={})
    return charts.select_related("resource__dataset__organization", "resource__dataset__licence", "resource__current", "version__data_file")


def public_charts(resources: Iterable[Resource]) -> list[Chart]:
    """The public charts of these tables. Most have none, which is asked first, for a tenth of the time."""
    tables = [resource.pk for resource in resources if resource.current_id]
    known = list(Chart.objects.filter(is_public=True, resource__in=tables).values_list("pk", flat=True)) if tables else []
    return list(visible_charts().filter(pk__in=known)) if known else []


def crosswalk() -> Crosswalk:
    """Codes of administrative units by edition: the published dataset "administrative-codes", else the one the project ships."""
    version = public_table(CROSSWALK)
    complete = version is not None and set(COLUMNS) <= {field.get("name") for field in version.schema.get("fields", [])}
    path = version.parquet_path if version is not None and complete else None
    return _read_crosswalk(path if path is not None and path.is_file() else SHIPPED_CROSSWALK)
