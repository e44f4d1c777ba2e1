"""How many of the datasets found have each value of a field."""

from typing import Any

from django.db.models import Count, QuerySet

from datasets.api.languages import source_text
from datasets.models import Dataset, Group, Licence, Organization

from .dictionaries.tag import licence_title
from .fields import FACETS


def count_facets(found: QuerySet[Dataset], names: tuple[str, ...], *, limit: int | None, mincount: int) -> dict[str, dict[str, int]]:
    """Field -> value -> count, the commonest `limit` of each; a field nobody counts is empty."""
    return {name: _counted(found, name, limit, max(mincount, 1)) if name in FACETS else {} for name in names}


def _counted(found: QuerySet[Dataset], name: str, limit: int | None, mincount: int) -> dict[str, int]:
    path = FACETS[name]
    rows = Dataset.objects.filter(pk__in=found.order_by().values("pk"), **{f"{path}__isnull": False})
    if name == "res_format":
        rows = rows.filter(resources__deleted_at__isnull=True).exclude(resources__format="")
    counts = rows.order_by().values_list(path).annotate(count=Count("pk", distinct=True)).filter(count__gte=mincount)
    return {str(value): count for value, count in counts.order_by("-count", path)[:limit]}


def search_facets(facets: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The same with display names, in CKAN's order: by display name, last first."""
    return {name: {"title": name, "items": _items(counts, _display_names(name, list(counts)))} for name, counts in facets.items()}


def _items(counts: dict[str, int], display: dict[str, str]) -> list[dict[str, Any]]:
    items = [{"name": value, "display_name": display.get(value, value), "count": count} for value, count in counts.items()]
    return sorted(items, key=lambda item: str(item["display_name"]), reverse=True)


def _display_names(name: str, values: list[str]) -> dict[str, str]:
    if not values:
        return {}
    if name == "organization":
        return {row.name: source_text(row, "title") or row.name for row in Organization.objects.filter(name__in=values)}
    if name == "owner_org":
        return {str(row.uuid): source_text(row, "title") or row.name for row in Organization.objects.filter(uuid__in=values)}
    if name == "groups":
        return {row.name: source_text(row, "title") or row.name for row in Group.objects.filter(name__in=values)}
    if name == "license_id":
        return {row.code: licence_title(row) for row in Licence.objects.filter(code__in=values)}
    return {}
