"""`/api/v1/places/`: where people go, with hours, position and, from a point, the distance."""

import re

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from datasets.api.fields import Sparse, Translations
from datasets.api.frame import many, one
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


@many(
    "places",
    PlaceShown,
    tag="pages",
    summary="List places, the nearest first",
    parameters=[
        OpenApiParameter("kind", str, enum=list(PlaceKind.values)),
        OpenApiParameter(
            "near", {"type": "string", "pattern": POINT}, description="latitude,longitude: adds the distance, and sorts by it."
        ),
    ],
)
def place_list(request: Request) -> list[Place]:
    """A page of places."""
    kind, near = request.query_params.get("kind", ""), request.query_params.get("near", "")
    if kind and kind not in PlaceKind.values:
        raise ValidationError({"kind": [_("Not in the list: %(codes)s.") % {"codes": kind}]})
    places = list(Place.objects.filter(kind=kind) if kind else Place.objects.all())
    return by_distance(places, *_point(near)) if near else places


@one("place", PlaceShown, tag="pages", summary="One place")
def place(request: Request, slug: str) -> Place | None:
    """The place with this id."""
    return Place.objects.filter(slug=slug).first()


def _point(text: str) -> tuple[float, float]:
    if not re.search(POINT, text, re.ASCII):
        raise ValidationError({"near": [_("Give latitude and longitude, like 10.63,103.52.")]})
    latitude, longitude = text.split(",")
    return float(latitude), float(longitude)
