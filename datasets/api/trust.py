"""/api/v1/: what changed between versions, which data are needed, and how good those are that there are."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.models import Version
from datasets.needs import STATES, Need, needs
from datasets.quality.checks import CHECKS
from datasets.quality.panel import Standing, standings
from datasets.selectors import version_for
from datasets.version_changes import NotComparable, changes_between, version_to_compare

from .fields import Translations
from .frame import PAGING, many, page_of
from .paging import paged_list, read_uuid
from .rows import json_row


class SchemaChangeSerializer(serializers.Serializer[Any]):
    """A column that is described differently."""

    kind = serializers.ChoiceField(choices=["added", "removed", "type", "label"])
    column = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ChangedCellSerializer(serializers.Serializer[Any]):
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class ChangedRowSerializer(serializers.Serializer[Any]):
    key = serializers.DictField()
    cells = serializers.DictField(child=ChangedCellSerializer())


class DifferenceSerializer(serializers.Serializer[Any]):
    """Counts are exact; of the rows the first 200 of each kind are listed."""

    before = serializers.UUIDField()
    after = serializers.UUIDField()
    same_bytes = serializers.BooleanField()
    schema = SchemaChangeSerializer(many=True)
    key = serializers.ListField(
        child=serializers.CharField(), allow_null=True, help_text="Empty: rows are compared whole. Null: one of the two is no table."
    )
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="added, removed, changed, unchanged.")
    added = serializers.ListField(child=serializers.DictField())
    removed = serializers.ListField(child=serializers.DictField())
    changed = ChangedRowSerializer(many=True)


class Conflict(APIException):
    status_code = 409


class DifferenceView(APIView):
    @extend_schema(
        operation_id="difference",
        tags=["resources"],
        summary="Compare two versions",
        parameters=[OpenApiParameter("from", OpenApiTypes.UUID, description="The version to compare with; else the one published before.")],
        responses=DifferenceSerializer,
    )
    def get(self, request: Request, uuid: Any) -> Response:
        """Rows added, removed and changed, matched by their key, and what is said differently about the columns."""
        try:
            version = version_for(request.user, uuid)
        except Version.DoesNotExist:
            raise Http404 from None
        try:
            changes = changes_between(version_to_compare(version, str(read_uuid(request, "from") or "")), version)
        except NotComparable as error:
            raise Conflict(str(error)) from None
        rows = changes.rows
        counts = {name: getattr(rows, name) for name in ("added", "removed", "changed", "unchanged")} if rows else {}
        changed = [
            {
                "key": json_row(rows.key, row.key),
                "cells": {name: json_row(["before", "after"], [old, new]) for name, old, new in row.cells},
            }
            for row in (rows.changed_rows if rows else ())
            if rows
        ]
        return Response(
            {
                "before": changes.before.uuid,
                "after": changes.after.uuid,
                "same_bytes": changes.same_bytes,
                "schema": SchemaChangeSerializer(changes.schema, many=True).data,
                "key": rows.key if rows else None,
                "counts": counts,
                "added": [json_row(rows.columns, row) for row in rows.added_rows] if rows else [],
                "removed": [json_row(rows.columns_before, row) for row in rows.removed_rows] if rows else [],
                "changed": changed,
            }
        )


class NeedSerializer(serializers.Serializer[Any]):
    """Data that somebody needs, and whether they are there."""

    id = serializers.UUIDField(source="row.uuid")
    initiative = serializers.CharField(source="row.initiative")
    spatial_code = serializers.CharField(source="row.spatial_code", help_text="Empty: the whole province.")
    title_translated = Translations(source="row")
    description_translated = Translations(source="row")
    state = serializers.ChoiceField(choices=list(STATES))
    owed_by = serializers.CharField(source="row.owed_by.name")
    asked_by = serializers.CharField(source="row.asked_by")
    asked_on = serializers.DateField(source="row.asked_on", allow_null=True)
    dataset = serializers.CharField(source="dataset.name", allow_null=True, default=None)
    is_sample = serializers.BooleanField(source="row.is_sample")


@many("needs", NeedSerializer, tag="datasets", summary="List needed data")
def need_list(request: Request) -> list[Need]:
    """Which data each initiative needs, by district: there, out of date or missing, who owes them, who asked."""
    return needs()


class PointSerializer(serializers.Serializer[Any]):
    """One check of a dataset."""

    check = serializers.ChoiceField(choices=[check.code for check in CHECKS], source="check.code")
    group = serializers.CharField(source="check.group")
    state = serializers.ChoiceField(choices=["good", "warn", "bad", "info"], source="verdict.state", help_text="info: does not apply.")
    word = serializers.CharField(source="verdict.word")
    words = serializers.ListField(child=serializers.CharField(), source="verdict.words")


class StandingSerializer(serializers.Serializer[Any]):
    """How a dataset stands, `failing` being the number of its points to mend."""

    dataset = serializers.CharField(source="dataset.name")
    organization = serializers.CharField(source="dataset.organization.name")
    failing = serializers.SerializerMethodField()
    points = PointSerializer(many=True)

    def get_failing(self, standing: Standing) -> int:
        return len(standing.failing)


class QualityView(APIView):
    @extend_schema(
        operation_id="quality",
        tags=["datasets"],
        summary="How good the data are",
        parameters=[
            OpenApiParameter("organization", str, description="Only of this organization: its name."),
            OpenApiParameter("failing", str, enum=[check.code for check in CHECKS], description="Only what fails this check."),
            OpenApiParameter("language", str, enum=[code for code, _name in settings.LANGUAGES], description="Of the words (km)."),
            *PAGING,
        ],
        responses=page_of(StandingSerializer),
    )
    def get(self, request: Request) -> Response:
        """Every public dataset with its points, the worst first: quality, freshness, disaggregation."""
        asked = request.query_params
        if (failing := asked.get("failing", "")) and failing not in [check.code for check in CHECKS]:
            raise ValidationError({"failing": [_("Not in the list: %(codes)s.") % {"codes": failing}]})
        if (language := asked.get("language", "km")) not in dict(settings.LANGUAGES):
            raise ValidationError({"language": [_("Not in the list: %(codes)s.") % {"codes": language}]})
        with translation.override(language):
            found = standings(organization=asked.get("organization", ""), failing=failing)
            return paged_list(request, found, results=lambda page: StandingSerializer(page, many=True).data)
