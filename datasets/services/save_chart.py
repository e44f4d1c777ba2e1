"""A chart made, changed or taken away by an editor."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.charts.shown import problem_in_words
from datasets.charts.spec import NotDrawable, Spec
from datasets.models import Chart
from datasets.policies import can_edit, can_publish, require

from .draw_chart import figure_of, queue_charts


@transaction.atomic
def save_chart(*, chart: Chart, user: Any, titles: Mapping[str, str], spec: Spec, public: bool) -> Chart:
    """The chart, queued to be drawn. What is public, or becomes so, needs somebody who may publish.

    `titles`: by field (title_km, …), at least one. PermissionDenied; ValidationError where the table cannot give this chart.
    """
    resource = chart.resource
    require((can_publish if public or chart.is_public else can_edit)(user, resource))
    if not any(titles.values()):
        raise ValidationError({"title_km": _("Give the chart a title.")})
    if resource.current is None:
        raise ValidationError(_("Publish the file first: charts are drawn from what readers see."))
    try:
        figure_of(spec, resource.current)
    except NotDrawable as error:
        raise ValidationError(problem_in_words({"code": error.code, "column": error.column})) from None
    for name, text in titles.items():
        setattr(chart, name, text)
    chart.spec, chart.is_public, chart.problem = spec.as_json(), public, {}
    chart.created_by = chart.created_by or user
    chart.save()
    queue_charts(resource=resource)
    return chart


@transaction.atomic
def delete_chart(*, chart: Chart, user: Any) -> None:
    """The chart and its pictures are gone. PermissionDenied."""
    require((can_publish if chart.is_public else can_edit)(user, chart.resource))
    chart.delete()
