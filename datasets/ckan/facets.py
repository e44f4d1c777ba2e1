"""How many of the datasets found have each value of a field."""

from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from datasets.models import Dataset, Group, Licence, Organization

from .fields import FACETS


def count_facets(found: QuerySet[Dataset], names: tuple[str, ...], *, limit: int, mincount: int) -> dict[str, dict[str, int]]:
    """Field -> value -> count, the commonest `limit` of each; a field nobody counts is empty."""
    return {name: _counted(found, name, limit, max(mincount, 1)) if name in FACETS else {} for name in names}


def _counted(found: QuerySet[Dataset], name: str, limit: int, mincount: int) -> dict[str, int]:
    path = FACETS[name]
    rows = Dataset.objects.filter(pk__in=found.order_by().values("pk"), **{f"{path}__isnull": False})
    if name == "res_format":
        rows = rows.filter(resources__deleted_at__isnull=True).exclude(resources__format="")
    counts = rows.order_by().values_list(path).annotate(count=Count("pk", distinct=True)).filter(count__gte=mincount)
    return {str(value): count for value, count in counts.order_by("-count", path)[:limit]}


def search_facets(facets: dict[str, dict[str, int]]) -> dict[str, Any]:
    """The same with display names, in CKAN's order: by display name, last first."""
    display = _display_names({name: list(counts) for name, counts in facets.items() if counts})
    return {name: {"title": name, "items": _items(counts, display.get(name, {}))} for name, counts in facets.items()}


def _items(counts: dict[str, int], display: dict[str, str]) -> list[dict[str, Any]]:
    items = [{"name": value, "display_name": display.get(value, value), "count": count} for value, count in counts.items()]
    return sorted(items, key=lambda item: str(item["display_name"]), reverse=True)


# Facet -> model, the field its values are of, the language whose title comes first.
_TITLED: dict[str, tuple[type[Organization | Group | Licence], str, str]] = {
    "organization": (Organization, "name", "km"),
    "owner_org": (Organization, "uuid", "km"),
    "groups": (Group, "name", "km"),
    "license_id": (Licence, "code", "en"),
}


def _display_names(values: dict[str, list[str]]) -> dict[str, dict[str, str]]:
    """Facet -> value -> title, in one query: made by hand, because four of the ORM's cost more than the rest of a search."""
    parts, parameters = [], []
    for facet, (model, field, first) in _TITLED.items():
        if wanted := values.get(facet):
            column = model._meta.get_field(field)
            marks = ", ".join(["%s"] * len(wanted))
            titles = ", ".join(f"NULLIF(title_{column}, '')" for column in dict.fromkeys((first, "km", "en", "zh_hans")))
            parts.append(f"SELECT '{facet}', {field}, COALESCE({titles}) FROM {model._meta.db_table} WHERE {field} IN ({marks})")  # noqa: S608
            parameters += [column.get_db_prep_value(value, connection) for value in wanted]
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        found: dict[str, dict[str, str]] = {}
        for facet, value, title in cursor.fetchall():
            if title:
                found.setdefault(facet, {})[str(value)] = title
        return found
