"""`/api/v1/places/`: where people go, with hours, position and, from a point, the distance."""

import re

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from datasets.api.fields import Sparse, Translations
from datasets.api.paging import paged, read_paging
from datasets.api.serializers import page_of
from datasets.api.views import PAGING, fields_of, wanted_fields
from pages.models import Place
from pages.models.place import PlaceKind
from pages.nearness import by_distance

POINT = r"^-?(90|[0-8]?[0-9](\.[0-9]{1,9})?),-?(180|(1[0-7][0-9]|[0-9]?[0-9])(\.[0-9]{1,9})?)$"


class PlaceShown(Sparse):
    """A place. Texts come in the languages they are written in."""

    id = serializers.CharField(source="slug")
    kind = serializers.ChoiceField(PlaceKind.values)
    name_translated = Translations()
    description_translated = Translations()
    services_translated = Translations(help_text="One on a line.")
    address_translated = Translations()
    directions_translated = Translations()
    hours_translated = Translations()
    opening = serializers.CharField(help_text="As OpenStreetMap's opening_hours, local time (Asia/Phnom_Penh).")
    open_now = serializers.BooleanField(source="is_open")
    phone = serializers.CharField()
    access = serializers.ListField(child=serializers.CharField())
    languages = serializers.ListField(child=serializers.CharField(), help_text="Spoken there; ISO 639.")
    commune_code = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    distance = serializers.FloatField(allow_null=True, help_text="Kilometres from `near`, as the crow flies.")
    url = serializers.CharField(source="get_absolute_url")
    is_sample = serializers.BooleanField(help_text="For show: there is no such place.")


class PlacesView(APIView):
    """Places."""

    @extend_schema(
        operation_id="places",
        tags=["pages"],
        summary="List places, the nearest first",
        parameters=[
            OpenApiParameter("kind", str, enum=list(PlaceKind.values)),
            OpenApiParameter(
                "near",
                {"type": "string", "pattern": POINT},
                description="latitude,longitude: adds the distance, and sorts by it.",
            ),
            fields_of(PlaceShown),
            *PAGING[:2],
        ],
        responses=page_of(PlaceShown),
    )
    def get(self, request: Request) -> Response:
        """A page of places."""
        kind, near = request.query_params.get("kind", ""), request.query_params.get("near", "")
        if kind and kind not in PlaceKind.values:
            raise ValidationError({"kind": [_("Not in the list: %(codes)s.") % {"codes": kind}]})
        limit, offset = read_paging(request)
        places = list(Place.objects.filter(kind=kind) if kind else Place.objects.all())
        if near:
            places = by_distance(places, *_point(near))
        shown = PlaceShown(places[offset : offset + limit], many=True, context=wanted_fields(request)).data
        return paged(request, count=len(places), limit=limit, offset=offset, results=shown)


class PlaceView(APIView):
    """One place."""

    @extend_schema(
        operation_id="place", tags=["pages"], summary="One place", parameters=[fields_of(PlaceShown)], responses={200: PlaceShown}
    )
    def get(self, request: Request, slug: str) -> Response:
        """The place with this id."""
        place = Place.objects.filter(slug=slug).first()
        if place is None:
            raise NotFound(_("There is no such place."))
        return Response(PlaceShown(place, context=wanted_fields(request)).data)


def _point(text: str) -> tuple[float, float]:
    if not re.search(POINT, text, re.ASCII):
        raise ValidationError({"near": [_("Give latitude and longitude, like 10.63,103.52.")]})
    latitude, longitude = text.split(",")
    return float(latitude), float(longitude)
