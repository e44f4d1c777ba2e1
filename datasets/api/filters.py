"""Which datasets a request to /api/v1/datasets/ asks for."""

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from datasets.models import Dataset
from datasets.selectors import as_uuid
from search.api.views import SearchDown
from search.query import Query, SearchUnavailable
from search.selectors import matching_keys

FILTERS = {
    "organization": "organization__name",
    "group": "groups__name",
    "tag": "tags__name",
    "format": "resources__format__iexact",
    "licence": "licence__code",
}
ORDERS = {"name": "name", "created": "created", "modified": "modified", "organization": "organization__name"}

PARAMETERS = [
    OpenApiParameter("q", str, description="Words that the dataset must hold, in any language; the best match first."),
    OpenApiParameter("organization", str, many=True, description="Only of these organizations: name or id."),
    OpenApiParameter("group", str, many=True, description="Only in these groups: name or id."),
    OpenApiParameter("tag", str, many=True, description="Only with these tags."),
    OpenApiParameter("format", str, many=True, description="Only with a resource in one of these formats, CSV for example."),
    OpenApiParameter("licence", str, many=True, description="Only under these licences: their codes."),
    OpenApiParameter(
        "ordering",
        {"type": "array", "items": {"type": "string", "enum": [sign + name for name in ORDERS for sign in ("", "-")]}},
        explode=False,
        style="form",
        description="-modified descends. Several with commas.",
    ),
]


def filtered(request: Request, datasets: QuerySet[Dataset]) -> QuerySet[Dataset]:
    """`datasets` narrowed and ordered.

    Values of one filter are alternatives, different filters must all hold.
    """
    for name, path in FILTERS.items():
        values = [value for value in request.query_params.getlist(name) if value]
        if values:
            datasets = datasets.filter(pk__in=Dataset.objects.filter(_any(name, path, values)).values("pk"))
    ordering = request.query_params.get("ordering", "")
    words = request.query_params.get("q", "").strip()
    if words:
        keys = _keys(words)
        datasets = datasets.filter(pk__in=keys)
        if not ordering:
            rank = Case(*(When(pk=key, then=position) for position, key in enumerate(keys[:500])), default=len(keys))
            return datasets.order_by(rank, "name") if keys else datasets
    return datasets.order_by(*_order(ordering or "-modified"), "name")


def _any(name: str, path: str, values: list[str]) -> Q:
    found = Q()
    for value in values:
        key = as_uuid(value) if name in ("organization", "group") else None
        found |= Q(**{path.replace("__name", "__uuid"): key}) if key else Q(**{path: value})
    return found & Q(resources__deleted_at__isnull=True) if name == "format" else found


def _keys(words: str) -> list[int]:
    try:
        keys = matching_keys(Query(text=words, filters={"kind": ["dataset"]}))
    except SearchUnavailable:
        raise SearchDown from None
    return [int(key.partition(":")[2]) for key in keys]


def _order(given: str) -> list[str]:
    order = []
    for part in given.split(","):
        name = part.strip()
        path = ORDERS.get(name.removeprefix("-"))
        if path is None:
            raise ValidationError({"ordering": [_("Order by %(names)s.") % {"names": ", ".join(ORDERS)}]})
        order.append(f"-{path}" if name.startswith("-") else path)
    return order
