"""A living fact: a number or a small table that comes from a published table each time the page is read."""

from copy import copy
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from datasets.models import Resource
from pages import facts

from .chart import ChartBlock
from .plain import CodeBlock


class ResourceBlock(blocks.ChooserBlock):
    """A published table."""

    target_model = Resource

    @cached_property
    def widget(self) -> Any:
        from pages.admin.resource_chooser import resource_chooser

        return resource_chooser.widget_class()

    def bulk_to_python(self, values: list[int | None]) -> list[Resource | None]:
        """With all that is shown of them, in one question for the facts of a page."""
        found = Resource.objects.select_related("dataset__organization", "current__data_file").in_bulk(values)
        return [copy(found.get(value)) for value in values]

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any] | None:
        return value and {"id": str(value.uuid), "title": value.name, "url": value.get_absolute_url()}

    class Meta:
        icon = "table"


class FactBlock(blocks.StructBlock):
    """What is claimed, and the column and rows that show it. Nobody types the figure, so it cannot be out of date."""

    label = blocks.CharBlock(max_length=200, label=_("What it shows"))
    resource = ResourceBlock(label=_("Table"))
    shown_as = blocks.ChoiceBlock(choices=facts.choices, default="value", label=_("Shown as"))
    columns = blocks.ListBlock(
        CodeBlock(slug=False, label=_("Column")), min_num=1, max_num=6, label=_("Columns"), help_text=_("As they are named in the file.")
    )
    where_column = CodeBlock(slug=False, required=False, label=_("Only rows in which the column"))
    where_value = CodeBlock(slug=False, required=False, label=_("has the value"))
    unit = blocks.CharBlock(max_length=50, required=False, label=_("Unit"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return super().get_context(value, parent_context=parent_context) | {"fact": facts.look_up(value)}

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any]:
        """With the figures as they are now."""
        fact = facts.look_up(value)
        shown = {
            "columns": [column.name for column in fact.columns],
            "labels": [column.title for column in fact.columns],
            "rows": fact.rows,
            "problem": str(fact.problem) or None,
            "published": fact.version.published.isoformat() if fact.version and fact.version.published else None,
        }
        return super().get_api_representation(value, context) | shown

    class Meta:
        icon = "table"
        label = _("Living fact")
        template = "pages/blocks/fact.html"


class Better(TextChoices):
    """Which way is the good one."""

    HIGHER = "higher", _("more is better")
    LOWER = "lower", _("less is better")


class IndicatorBlock(FactBlock):
    """A figure that is to reach a target; its trend comes from earlier versions of the same table."""

    shown_as = blocks.ChoiceBlock(
        choices=lambda: [choice for choice in facts.choices() if choice[0] != "table"], default="value", label=_("Shown as")
    )
    target = blocks.DecimalBlock(required=False, label=_("Target"))
    better = blocks.ChoiceBlock(choices=Better.choices, default=Better.HIGHER, label=_("Which way is better"))

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        return context | {"trend": facts.trend_of(value, context["fact"])}

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> dict[str, Any]:
        trend = facts.trend_of(value, facts.look_up(value))
        before = trend and {"value": trend.before, "version": str(trend.version.uuid), "published": trend.version.published}
        return super().get_api_representation(value, context) | {"before": before}

    class Meta:
        icon = "order-up"
        label = _("Indicator")
        template = "pages/blocks/indicator.html"


INDICATORS = [("indicator", IndicatorBlock())]
FACTS = [("fact", FactBlock()), ("chart", ChartBlock())]
