"""/api/v1/charts/: what is drawn, its numbers, its pictures."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from datasets.charts.drawing import WIDTHS
from datasets.models import Chart
from datasets.selectors import visible_charts

from .fields import SourceText, Translations
from .frame import many, one
from .paging import read_uuid


class ChartSerializer(serializers.ModelSerializer[Chart]):
    """A chart or map of a resource, as it was last drawn."""

    id = serializers.UUIDField(source="uuid")
    title = SourceText()
    title_translated = Translations()
    resource = serializers.UUIDField(source="resource.uuid")
    version = serializers.UUIDField(source="version.uuid", help_text="From whose table it was drawn.")
    rows = serializers.SerializerMethodField(help_text="Categories with a value for each series.")
    pictures = serializers.SerializerMethodField(help_text="Addresses of the SVGs: language, then narrow or wide.")
    embed_url = serializers.SerializerMethodField()

    class Meta:
        model = Chart
        fields = ["id", "title", "title_translated", "resource", "version", "spec", "rows", "pictures", "embed_url", "modified"]

    def get_rows(self, chart: Chart) -> list[dict[str, Any]]:
        return [{"x": row["x"], "values": row["y"]} for row in chart.drawn["rows"]]

    def get_pictures(self, chart: Chart) -> dict[str, dict[str, str]]:
        def url(language: str, size: str) -> str:
            return settings.SITE_URL.rstrip("/") + reverse("downloads:chart-picture", args=[chart.uuid, language, size])

        return {language: {size: url(language, size) for size in WIDTHS} for language, _name in settings.LANGUAGES}

    def get_embed_url(self, chart: Chart) -> str:
        return settings.SITE_URL.rstrip("/") + reverse("downloads:embedded-chart", args=[chart.uuid])


@many(
    "charts",
    ChartSerializer,
    tag="resources",
    summary="List charts",
    parameters=[OpenApiParameter("resource", OpenApiTypes.UUID, description="Only those of this resource.")],
    cursor=True,
)
def chart_list(request: Request) -> Any:
    """Charts and maps that the public sees."""
    wanted = read_uuid(request, "resource")
    return visible_charts().filter(**({"resource__uuid": wanted} if wanted else {})).order_by("pk")


@one("chart", ChartSerializer, tag="resources", summary="Read a chart")
def chart(request: Request, uuid: Any) -> Any:
    """What is drawn, its numbers and its pictures."""
    return visible_charts().filter(uuid=uuid).first()
