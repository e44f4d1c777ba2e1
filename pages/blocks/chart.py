"""A chart or map of a published table, as it is now."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from datasets.charts.shown import chart_for
from datasets.selectors import visible_charts


def choices() -> list[tuple[str, str]]:
    """The public charts, by dataset."""
    return [(str(chart.uuid), f"{chart.resource.dataset} – {chart}") for chart in visible_charts()]


class ChartBlock(blocks.StructBlock):
    """One chart: sentence, picture and table follow the data, nobody copies them."""

    chart = blocks.ChoiceBlock(choices=choices, label=_("chart"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"chart": chart_for(value["chart"], get_language() or "km")}

    class Meta:
        icon = "view"
        label = _("Chart of a table")
        template = "pages/blocks/chart.html"
