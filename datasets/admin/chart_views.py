"""Charts of a file: a new one, a change, its end."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from datasets.charts.shown import Shown, problem_in_words, shown
from datasets.charts.spec import NotDrawable
from datasets.models import Chart
from datasets.policies import can_publish
from datasets.services.charts import delete_chart, figure_of, save_chart

from .access import resource_of
from .chart_form import ChartForm
from .screens import FormScreen


def _chart_of(user: Any, uuid: UUID) -> Chart:
    chart = get_object_or_404(Chart.objects.select_related("resource", "version"), uuid=uuid)
    chart.resource = resource_of(user, chart.resource.uuid)
    return chart


class ChartView(FormScreen):
    """A chart of a file, new or to be changed: the form, and what it would show as a table."""

    template_name = "datasets/admin/chart.html"
    page_title = gettext_lazy("Chart")
    chart: Chart
    preview: Shown | None = None

    def find(self, user: Any, address: dict[str, Any]) -> None:
        self.chart = _chart_of(user, address["chart"]) if "chart" in address else Chart(resource=resource_of(user, address["resource"]))
        self.resource, self.dataset = self.chart.resource, self.chart.resource.dataset

    def get_page_subtitle(self) -> str:
        return str(self.chart) if self.chart.pk else str(self.resource)

    def make_form(self, *given: Any) -> ChartForm:
        return ChartForm(*given, chart=self.chart, may_publish=can_publish(self.request.user, self.dataset))

    def save(self, request: HttpRequest) -> HttpResponse | None:
        if "preview" in request.POST:
            self._look()
            return None
        public = self.form.cleaned_data["public"]
        save_chart(chart=self.chart, user=request.user, titles=self.form.titles, spec=self.form.spec, public=public)
        messages.success(request, _("Saved. The chart is being drawn; look again in a minute."))
        return redirect("catalogue_admin:edit_chart", self.chart.uuid)

    def _look(self) -> None:
        """The numbers at once; the picture takes the worker."""
        if self.resource is None or self.resource.current is None:
            raise ValidationError(_("Publish the file first: charts are drawn from what readers see."))
        try:
            figure, _areas = figure_of(self.form.spec, self.resource.current)
        except NotDrawable as error:
            raise ValidationError(problem_in_words({"code": error.code, "column": error.column})) from None
        draft = Chart(uuid=self.chart.uuid, resource=self.resource, spec=self.form.spec.as_json(), **self.form.titles)
        self.preview = shown(draft, figure)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drawn = shown(self.chart) if self.chart.drawn else None
        problem = problem_in_words(self.chart.problem)
        return super().get_context_data(chart=self.preview or drawn, drawn=drawn, problem=problem, row=self.chart, **kwargs)


@require_POST
def delete(request: HttpRequest, chart: UUID) -> HttpResponse:
    """Away with the chart; the table stays."""
    found = _chart_of(request.user, chart)
    dataset = found.resource.dataset
    delete_chart(chart=found, user=request.user)
    messages.success(request, _("“%(name)s” was deleted.") % {"name": found})
    return redirect("catalogue_admin:files", dataset.uuid)
