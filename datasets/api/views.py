"""/api/v1/: datasets, organizations, groups and licences. Reading only; writing speaks CKAN's Action API."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.models import Dataset, Group, Organization
from datasets.selectors import as_uuid, dataset_for, groups, licences, organizations, visible_datasets, with_resources

from .filters import PARAMETERS, filtered
from .paging import LIMIT, MOST, paged, paged_list
from .serializers import DatasetSerializer, GroupSerializer, LicenceSerializer, OrganizationSerializer, page_of


def fields_of(serializer: type[serializers.Serializer[Any]]) -> OpenApiParameter:
    """`fields`, with the names there are."""
    names = {"type": "array", "items": {"type": "string", "enum": list(serializer().fields)}}
    about = "Only these fields of each answer: names with commas between."
    return OpenApiParameter("fields", names, explode=False, style="form", description=about)


def limit_of(default: int, most: int) -> OpenApiParameter:
    """`limit`, with its bounds."""
    bounds = {"type": "integer", "minimum": 0, "maximum": most}
    return OpenApiParameter("limit", bounds, description=f"How many ({default}, at most {most}).")


PAGING = [
    limit_of(LIMIT, MOST),
    OpenApiParameter(
        "offset", {"type": "integer", "minimum": 0, "maximum": 2**53}, description="How many to skip. The Link header names the next page."
    ),
    OpenApiParameter(
        "cursor", str, description="Instead of offset: empty for the first page, then as in `next`. Nothing is missed or doubled meanwhile."
    ),
]


def wanted_fields(request: Request) -> dict[str, Any]:
    """The serializers' context: which fields the caller asked for."""
    return {"fields": {name.strip() for name in request.query_params.get("fields", "").split(",") if name.strip()}}


class DatasetsView(APIView):
    """Every dataset you may see."""

    @extend_schema(
        operation_id="datasets",
        tags=["datasets"],
        summary="Find datasets",
        parameters=[*PARAMETERS, fields_of(DatasetSerializer), *PAGING],
        responses=page_of(DatasetSerializer),
    )
    def get(self, request: Request) -> Response:
        """Public datasets, the last changed first; with a token also drafts and private ones of your organizations."""
        found, order = filtered(request, visible_datasets(request.user))
        return paged_list(
            request,
            with_resources(found, request.user),
            order=order,
            results=lambda page: DatasetSerializer(page, many=True, context=wanted_fields(request)).data,
        )


class DatasetView(APIView):
    """One dataset."""

    @extend_schema(
        operation_id="dataset",
        tags=["datasets"],
        summary="Read a dataset",
        parameters=[fields_of(DatasetSerializer)],
        responses=DatasetSerializer,
    )
    def get(self, request: Request, id_or_name: str) -> Response:
        """By id, name or a name it had before, with its resources."""
        try:
            key = dataset_for(request.user, id_or_name).pk
        except Dataset.DoesNotExist:
            raise Http404 from None
        dataset = with_resources(visible_datasets(request.user).filter(pk=key), request.user).get()
        return Response(DatasetSerializer(dataset, context=wanted_fields(request)).data)


class NamedListView(APIView):
    """What lists of organizations and groups share."""

    serializer: type[GroupSerializer]

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def page(self, request: Request) -> Response:
        context = wanted_fields(request)
        rows = self.rows().order_by("name")
        return paged_list(request, rows, order=["name"], results=lambda page: self.serializer(page, many=True, context=context).data)

    def one(self, request: Request, id_or_name: str) -> Response:
        key = as_uuid(id_or_name)
        row = self.rows().filter(**({"uuid": key} if key else {"name": id_or_name})).first()
        if row is None:
            raise Http404
        return Response(self.serializer(row, context=wanted_fields(request)).data)


class OrganizationsView(NamedListView):
    serializer = OrganizationSerializer

    def rows(self) -> QuerySet[Organization]:
        return organizations()

    @extend_schema(
        operation_id="organizations",
        tags=["organizations"],
        summary="List organizations",
        parameters=[fields_of(OrganizationSerializer), *PAGING],
        responses=page_of(OrganizationSerializer),
    )
    def get(self, request: Request) -> Response:
        """Who publishes here, by name, with the number of their public datasets."""
        return self.page(request)


class OrganizationView(OrganizationsView):
    @extend_schema(
        operation_id="organization",
        tags=["organizations"],
        summary="Read an organization",
        parameters=[fields_of(OrganizationSerializer)],
        responses=OrganizationSerializer,
    )
    def get(self, request: Request, id_or_name: str) -> Response:  # type: ignore[override]
        """By id or name."""
        return self.one(request, id_or_name)


class GroupsView(NamedListView):
    serializer = GroupSerializer

    def rows(self) -> QuerySet[Group]:
        return groups()

    @extend_schema(
        operation_id="groups",
        tags=["organizations"],
        summary="List groups",
        parameters=[fields_of(GroupSerializer), *PAGING],
        responses=page_of(GroupSerializer),
    )
    def get(self, request: Request) -> Response:
        """Themes of datasets, by name, with the number of their public datasets."""
        return self.page(request)


class GroupView(GroupsView):
    @extend_schema(
        operation_id="group",
        tags=["organizations"],
        summary="Read a group",
        parameters=[fields_of(GroupSerializer)],
        responses=GroupSerializer,
    )
    def get(self, request: Request, id_or_name: str) -> Response:  # type: ignore[override]
        """By id or name."""
        return self.one(request, id_or_name)


class LicencesView(APIView):
    @extend_schema(
        operation_id="licences",
        tags=["organizations"],
        summary="List licences",
        parameters=[fields_of(LicenceSerializer)],
        responses=page_of(LicenceSerializer),
    )
    def get(self, request: Request) -> Response:
        """Every licence a dataset can have, in CKAN's order."""
        rows = list(licences())
        results = LicenceSerializer(rows, many=True, context=wanted_fields(request)).data
        return paged(request, count=len(rows), limit=len(rows), offset=0, results=results)
