"""/api/v1/resources/…/join/: a table beside another, matched by administrative code."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.joins import NotJoinable, join, side
from datasets.selectors import visible_resources
from datasets.views.join import explain, other_side

from .frame import OFFSET, ROWS, limit_of, page
from .paging import paged, read_paging
from .rows import json_row

MOST_ROWS = 1000


class CodesSerializer(serializers.Serializer[Any]):
    """What became of the table's codes; the counts are of rows."""

    edition = serializers.CharField(help_text="The edition of codes the table was made with: today or older.")
    matched = serializers.IntegerField(help_text="The code is the same today.")
    remapped = serializers.IntegerField(help_text="The code was brought to today's.")
    dropped = serializers.IntegerField(help_text="The code has no counterpart today; these rows are left out.")
    dropped_codes = serializers.ListField(child=serializers.CharField())
    unmatched = serializers.ListField(child=serializers.CharField(), help_text="Codes that the other table does not have.")


class JoinView(APIView):
    @extend_schema(
        operation_id="join",
        tags=["resources"],
        summary="Join two tables by place",
        parameters=[
            OpenApiParameter("column", str, description="The column of codes (the first one declared)."),
            OpenApiParameter("with", OpenApiTypes.UUID, description="The other table; without it names and parents of the units."),
            OpenApiParameter("with_column", str, description="The other table's column of codes (the first one declared)."),
            limit_of(100, MOST_ROWS),
            OFFSET,
        ],
        responses=page("Joined", ROWS, codes=CodesSerializer(), is_sample=serializers.BooleanField()),
    )
    def get(self, request: Request, uuid: Any) -> Response:
        """Rows with `unit_code`, today's code, and the other table's columns, null where it has none. `codes` tells what is missing."""
        resource = visible_resources(request.user).filter(uuid=uuid).first()
        if resource is None:
            raise Http404
        limit, offset = read_paging(request, default=100, most=MOST_ROWS)
        asked = request.query_params
        try:
            other = (
                other_side(request.user, asked["with"], asked.get("with_column", "")) if asked.get("with") not in (None, "", "-") else None
            )
            joined = join(side(resource, asked.get("column", "")), other)
        except NotJoinable as error:
            raise ValidationError(explain(error)) from None
        found, codes = joined.found, joined.found.codes
        frame = found.frame.drop("_id", strict=False)
        told = {"edition": found.edition, "unmatched": found.unmatched}
        told |= {name: getattr(codes, name) for name in ("matched", "remapped", "dropped", "dropped_codes")}
        sample = resource.dataset.is_sample or bool(other and other.resource.dataset.is_sample)
        rows = [json_row(frame.columns, row) for row in frame.slice(offset, limit).iter_rows()]
        return paged(request, count=frame.height, limit=limit, offset=offset, results=rows, codes=told, is_sample=sample)
