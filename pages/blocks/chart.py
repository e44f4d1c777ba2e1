"""A chart or map of a published table, as it is now."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from datasets.charts.shown import chart_for
from datasets.models import Chart, Resource
from datasets.selectors import as_uuid, visible_charts


def choices() -> list[tuple[str, str]]:
    """The public charts, by dataset."""
    return [(str(chart.uuid), f"{chart.resource.dataset} – {chart}") for chart in visible_charts()]


class ChosenChart(blocks.ChoiceBlock):
    """One of `choices`, kept as it was chosen: Wagtail would ask for every chart of the portal each time a page is read."""

    def normalize_choice(self, value: Any) -> Any:
        return value


class ChartBlock(blocks.StructBlock):
    """One chart: sentence, picture and table follow the data, nobody copies them."""

    chart = ChosenChart(choices=choices, label=_("chart"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"chart": chart_for(value["chart"], get_language() or "km")}

    def extract_references(self, value: Any) -> Iterator[tuple[Any, str, str, str]]:
        """The page rests on the table that the chart is drawn from."""
        for chart in Chart.objects.filter(uuid=as_uuid(value["chart"] or "")):
            yield Resource, str(chart.resource_id), "chart", "chart"

    class Meta:
        icon = "view"
        label = _("Chart of a table")
        template = "pages/blocks/chart.html"
