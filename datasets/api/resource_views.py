"""/api/v1/resources/: a resource, its rows, its versions, its report."""

from pathlib import Path
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.models import Resource, Version
from datasets.selectors import visible_resources, visible_versions
from datasets.tabular import Filter, Page, QueryError, QueryTimeout, facet_counts, group_rows, read_page

from .frame import OFFSET, ROWS, limit_of, many, one, page
from .paging import paged, paged_by_key, read_paging, read_uuid
from .rows import json_row, read_aggregates, read_columns, read_filters, read_groups, read_sort
from .serializers import ReportSerializer, ResourceSerializer, TableColumnSerializer, VersionSerializer

MOST_ROWS = 1000
MOST_FACETS = 10


class FacetSerializer(serializers.Serializer):
    value = serializers.JSONField(allow_null=True, help_text="Null: empty cells.")
    count = serializers.IntegerField()


def _resource(request: Request, uuid: Any) -> Resource:
    resource = visible_resources(request.user).filter(uuid=uuid).first()
    if resource is None:
        raise Http404
    return resource


@one("resource", ResourceSerializer, tag="resources", summary="Read a resource")
def resource(request: Request, uuid: Any) -> Resource:
    """A file in its current version, or a link."""
    return _resource(request, uuid)


class RowsView(APIView):
    @extend_schema(
        operation_id="rows",
        tags=["resources"],
        summary="Read a table's rows",
        parameters=[
            OpenApiParameter("columns", str, description="Only these columns, in this order: names with commas between."),
            OpenApiParameter("sort", str, description="Columns with commas between; -population descends."),
            OpenApiParameter("q", str, description="Words that must all be somewhere in the row."),
            OpenApiParameter(
                "<column>__<operator>",
                str,
                description="A filter: eq, ne, lt, lte, gt, gte, in (values with commas between), contains, is_empty (true or false). "
                "Several must all hold.",
            ),
            limit_of(100, MOST_ROWS),
            OpenApiParameter(
                "facet", str, many=True, description="Columns whose most frequent values are counted among the rows that match."
            ),
            OpenApiParameter(
                "groupby", str, description="One row for each combination of values of these columns: names with commas between."
            ),
            OpenApiParameter(
                "aggregate",
                str,
                description="With groupby, or alone for all rows: count, count:column, sum:column, avg:column, min:column, max:column; "
                "commas between (count). Results are called count, sum_column and so on; sort can name them. Pages by offset.",
            ),
            OpenApiParameter("after", str, description="The key in `next`: rows after it. `before`, in `previous`: rows before it."),
            OFFSET,
        ],
        responses=page(
            "Rows",
            ROWS,
            count=serializers.IntegerField(help_text="Rows that match."),
            columns=TableColumnSerializer(many=True),
            is_sample=serializers.BooleanField(),
            facets=serializers.DictField(child=FacetSerializer(many=True), required=False),
        ),
    )
    def get(self, request: Request, uuid: Any) -> Response:
        """Rows of the current version. Every row has its number, `_id`, which counts from 1 in the order of the file."""
        resource = _resource(request, uuid)
        path = resource.current.parquet_path if resource.current else None
        if path is None:
            raise Http404
        limit, offset = read_paging(request, default=100, most=MOST_ROWS)
        filters, search = read_filters(request), request.query_params.get("q") or None
        groups, asked = read_groups(request), {"filters": filters, "search": search, "sort": read_sort(request)}
        try:
            if groups is not None:
                found = group_rows(path, by=groups, aggregates=read_aggregates(request), offset=offset, limit=limit, **asked)
                names, columns = _columns(found)
                members = {"columns": columns, "is_sample": resource.dataset.is_sample}
                rows = [json_row(names, row) for row in found.rows]
                return paged(request, count=found.total, limit=limit, offset=offset, results=rows, **members)
            found = read_page(
                path,
                columns=read_columns(request),
                **asked,
                offset=offset,
                limit=limit,
                after=request.query_params.get("after") or None,
                before=request.query_params.get("before") or None,
            )
            facets = {name: _facet(path, name, filters, search) for name in request.query_params.getlist("facet")[:MOST_FACETS]}
        except QueryTimeout:
            raise ValidationError(_("The question takes too long. Ask for less at once.")) from None
        except QueryError as error:
            raise ValidationError({error.field or "": [_message(error)]}) from None
        names, columns = _columns(found)
        rows = [json_row(names, row) for row in found.rows]
        sample = resource.dataset.is_sample
        members = {"columns": columns, "is_sample": sample, **({"facets": facets} if facets else {})}
        return paged_by_key(request, count=found.total, before=found.before, after=found.after, results=rows, **members)


@many("versions", VersionSerializer, tag="resources", summary="List a resource's versions", cursor=True)
def version_list(request: Request, uuid: Any) -> Any:
    """Every published file, newest first, each with its checksum and an address that never changes. Members see all uploads."""
    return visible_versions(request.user, _resource(request, uuid)).order_by("-number")


@one(
    "report",
    ReportSerializer,
    tag="resources",
    summary="Read a validation report",
    parameters=[OpenApiParameter("version", OpenApiTypes.UUID, description="Of this version; else of the current one.")],
)
def report(request: Request, uuid: Any) -> Version | None:
    """Which cells are wrong and why, as frictionless reports it."""
    found, wanted = _resource(request, uuid), read_uuid(request, "version")
    versions = visible_versions(request.user, found).exclude(report={}).select_related("resource__dataset")
    return versions.filter(**({"uuid": wanted} if wanted else {"pk": found.current_id})).first()


def _columns(page: Page) -> tuple[list[str], list[dict[str, str]]]:
    names = [column.name for column in page.columns]
    return names, [{"name": column.name, "type": column.type} for column in page.columns]


def _facet(path: Path, column: str, filters: list[Filter], search: str | None) -> list[dict[str, Any]]:
    return [json_row(["value", "count"], [one.value, one.count]) for one in facet_counts(path, column, filters=filters, search=search)]


def _message(error: QueryError) -> str:
    messages = {
        "unknown-column": _("There is no such column."),
        "unknown-operator": _("There is no such operator."),
        "bad-value": _("This value does not fit the column."),
        "too-long": _("The question takes too long. Ask for less at once."),
        "bad-paging": _("Give whole numbers from 0, or a key as it stands in next and previous."),
    }
    return messages.get(error.code, _("The table cannot answer this."))
