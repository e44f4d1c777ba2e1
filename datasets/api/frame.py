"""The frame of /api/v1/: a function that finds things becomes a view with rights, pages, `fields` and its place in the OpenAPI document."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from .fields import Sparse
from .paging import LIMIT, MOST, paged_list

View = Callable[..., Response]
Serializer = type[serializers.BaseSerializer[Any]]


def limit_of(default: int, most: int) -> OpenApiParameter:
    """`limit`, with its bounds."""
    bounds = {"type": "integer", "minimum": 0, "maximum": most}
    return OpenApiParameter("limit", bounds, description=f"How many ({default}, at most {most}).")


OFFSET = OpenApiParameter(
    "offset", {"type": "integer", "minimum": 0, "maximum": 2**53}, description="How many to skip. The Link header names the next page."
)
PAGING = [limit_of(LIMIT, MOST), OFFSET]
CURSOR = OpenApiParameter(
    "cursor", str, description="Instead of offset: empty for the first page, then as in `next`. Nothing is missed or doubled meanwhile."
)


def fields_of(serializer: Serializer) -> OpenApiParameter:
    """`fields`, with the names there are."""
    names = {"type": "array", "items": {"type": "string", "enum": list(cast(Any, serializer()).fields)}}
    about = "Only these fields of each answer: names with commas between."
    return OpenApiParameter("fields", names, explode=False, style="form", description=about)


def wanted_fields(request: Request) -> dict[str, Any]:
    """The serializers' context: which fields the caller asked for."""
    return {"fields": {name.strip() for name in request.query_params.get("fields", "").split(",") if name.strip()}}


def page_of(serializer: Serializer, **members: Any) -> Serializer:
    """The serializer of a page of these, for OpenAPI."""
    return page(serializer.__name__.removesuffix("Serializer"), serializer(many=True), **members)


def page(name: str, results: Any, **members: Any) -> Serializer:
    """The serializer of a page with these results and whatever else it says."""
    links = {link: serializers.CharField(allow_null=True) for link in ("next", "previous")}
    fields = {"count": serializers.IntegerField(), **links, **members, "results": results}
    return type(f"{name}PageSerializer", (serializers.Serializer,), fields)


ROWS = serializers.ListField(child=serializers.DictField())


def many(
    name: str, serializer: Serializer, *, tag: str, summary: str, parameters: Sequence[Any] = (), cursor: bool = False
) -> Callable[[Callable[..., Any]], View]:
    """Serve what the function finds (a queryset or a list) in pages. `name` is its operationId, its docstring the description.

    `cursor`: the queryset is ordered by attributes, the last one unique, and may be followed by a cursor.
    """

    def serve(find: Callable[..., Any]) -> View:
        @extend_schema(
            operation_id=name,
            tags=[tag],
            summary=summary,
            parameters=[*parameters, *_fields(serializer), *PAGING, *([CURSOR] if cursor else ())],
            responses=page_of(serializer),
        )
        @api_view(["GET", "HEAD"])
        @wraps(find)
        def view(request: Request, **where: Any) -> Response:
            found, context = find(request, **where), wanted_fields(request)
            return paged_list(request, found, cursor=cursor, results=lambda page: serializer(page, many=True, context=context).data)

        return cast(View, view)

    return serve


def one(
    name: str, serializer: Serializer, *, tag: str, summary: str, parameters: Sequence[Any] = ()
) -> Callable[[Callable[..., Any]], View]:
    """Serve the one thing that the function finds; None is 404."""

    def serve(find: Callable[..., Any]) -> View:
        @extend_schema(
            operation_id=name, tags=[tag], summary=summary, parameters=[*parameters, *_fields(serializer)], responses={200: serializer}
        )
        @api_view(["GET", "HEAD"])
        @wraps(find)
        def view(request: Request, **where: Any) -> Response:
            found = find(request, **where)
            if found is None:
                raise Http404
            return Response(serializer(found, context=wanted_fields(request)).data)

        return cast(View, view)

    return serve


def _fields(serializer: Serializer) -> list[OpenApiParameter]:
    return [fields_of(serializer)] if issubclass(serializer, Sparse) else []
