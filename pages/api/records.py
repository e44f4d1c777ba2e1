"""`/api/v1/commitments/`, `notices/`, `events/`, `ambassadors/`: the public registers, each with the same filters as its pages."""

from typing import Any

from django.db import models
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from datasets.api.fields import Sparse, Translations
from datasets.api.frame import many, one
from datasets.vocabularies import VocabularyField
from pages.models import RECORDS, Record
from pages.selectors.records import known_values, narrowed, unlisted_in


@extend_schema_field({"type": "object", "nullable": True, "description": "A GeoJSON geometry; longitude first."})
class Geometry(serializers.Field[Any, Any, Any, Any]):
    def to_representation(self, value: Any) -> Any:
        return value


class Days(serializers.Serializer[Any]):
    begin = serializers.DateTimeField()
    end = serializers.DateTimeField(allow_null=True, help_text="None: the whole day.")


def _field(model: type[Record], name: str) -> serializers.Field[Any, Any, Any, Any]:
    if name == "state":
        return serializers.ChoiceField(list(model.states), help_text="As things are today.")
    if name == "geometry":
        return Geometry()
    field: Any = model._meta.get_field(name)
    if isinstance(field, models.ForeignKey):
        return serializers.CharField(source=f"{name}.{'slug' if name == 'place' else 'name'}", default=None, allow_null=True)
    if isinstance(field, VocabularyField):
        return serializers.ListField(child=serializers.CharField(), help_text="Spoken there; ISO 639.")
    if field.choices:
        return serializers.ChoiceField([value for value, _label in field.choices])
    if isinstance(field, models.BooleanField):
        return serializers.BooleanField()
    return serializers.DateField(allow_null=field.null) if isinstance(field, models.DateField) else serializers.CharField()


def _shown(model: type[Record]) -> type[Sparse]:
    members: dict[str, Any] = {"id": serializers.CharField(source="slug")}
    members |= {f"{name}_translated": Translations() for name in model.texts}
    members |= {name: _field(model, name) for name in model.columns if name != "sessions"}
    members["days"] = Days(source="moments", many=True, help_text="Meetings, or the day of a deadline; local time (Asia/Phnom_Penh).")
    members |= {"url": serializers.CharField(source="get_absolute_url"), "is_sample": serializers.BooleanField()}
    members |= {"modified": serializers.DateTimeField(), "__doc__": str(model.__doc__).partition("\n")[0]}
    return type(f"{model.__name__}Shown", (Sparse,), members)


def _views(name: str, model: type[Record]) -> list[URLPattern]:
    shown = _shown(model)

    @many(
        name,
        shown,
        tag="pages",
        summary=f"List {name}, what comes next first",
        parameters=[_parameter(model, column) for column in model.filters],
    )
    def record_list(request: Request) -> Any:
        """What readers see of them."""
        rows, filters = narrowed(model, request.query_params.dict())
        if wrong := unlisted_in(filters):
            raise ValidationError({name: [words] for name, words in wrong.items()})
        return rows

    @one(str(model._meta.model_name), shown, tag="pages", summary=f"One of the {name}")
    def record(request: Request, slug: str) -> Record | None:
        """By its id."""
        return model.public().filter(slug=slug).first()

    return [
        path(f"{name}/", record_list, name=f"api-{name}"),
        path(f"{name}/<slug:slug>/", record, name=f"api-{model._meta.model_name}"),
    ]


def _parameter(model: type[Record], name: str) -> OpenApiParameter:
    values = sorted(known_values(model, name))
    return OpenApiParameter(name, str, enum=values) if values else OpenApiParameter(name, str)


urlpatterns = [pattern for name, model in RECORDS.items() for pattern in _views(name, model)]
