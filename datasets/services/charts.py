"""Charts: kept as an editor wants them, drawn from the newest published version of their table."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from datasets.charts.drawing import WIDTHS, draw
from datasets.charts.figures import Figure, read_figure
from datasets.charts.files import LANGUAGES, are_there, picture_path, remove_others
from datasets.charts.places import Geometry, outline, placed
from datasets.charts.shown import axes, problem_in_words, summary
from datasets.charts.spec import NotDrawable, Spec, picture_key
from datasets.models import Chart, ChartType, Resource, Version
from datasets.policies import can_edit, can_publish, require
from datasets.selectors import crosswalk
from datasets.tabular import QueryError, TabularError

logger = logging.getLogger(__name__)


def figure_of(spec: Spec, version: Version) -> tuple[Figure, dict[str, Geometry]]:
    """The figure of a version's table and, on a map, its areas. NotDrawable."""
    try:
        if version.parquet_path is None:
            raise NotDrawable("failed")
        figure = read_figure(spec, version.parquet_path, version.schema, crosswalk())
        return placed(figure, spec, version) if spec.type == ChartType.MAP else (figure, {})
    except QueryError as error:
        raise NotDrawable("filter" if error.field else "failed", error.field or "") from error
    except (TabularError, OSError, ValueError) as error:
        logger.exception("A chart of version %s cannot be read.", version.uuid)
        raise NotDrawable("failed") from error


def draw_chart(*, chart: Chart) -> bool:
    """Makes the pictures in every language and size and keeps the figure; whether there was something to do.

    What cannot be drawn is kept as `problem`, and the last good pictures stay.
    """
    version = chart.resource.current
    if version is None or not version.is_table or is_settled(chart, version):
        return False
    key, spec = picture_key(chart, version), Spec.of(chart.spec)
    try:
        figure, areas = figure_of(spec, version)
        sizes = _make_pictures(chart, version, key, figure, areas)
    except NotDrawable as error:
        Chart.objects.filter(pk=chart.pk).update(problem={"code": error.code, "column": error.column, "key": key})
        return True
    drawn = {**figure.as_json(), "key": key, "sizes": sizes}
    before = chart.drawn.get("key", "")
    # Never over a chart that was changed meanwhile: that one has a task of its own.
    if Chart.objects.filter(pk=chart.pk, modified=chart.modified).update(drawn=drawn, version=version, problem={}):
        remove_others(chart, (key, before))  # the ones before for those whose page is a minute old
    return True


def _make_pictures(chart: Chart, version: Version, key: str, figure: Figure, areas: dict[str, Geometry]) -> dict[str, list[int]]:
    spec = Spec.of(chart.spec)
    Path(settings.CHARTS_DIR).mkdir(parents=True, exist_ok=True)
    sizes = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = summary(figure, spec, version.schema, chart)
            for size, width in WIDTHS.items():
                svg = draw(
                    figure,
                    kind=spec.type,
                    width=width,
                    language=language,
                    title=chart.title,
                    summary=said,
                    axes=axes(figure, spec, version.schema, language),
                    areas=areas,
                    outline=outline() if spec.type == ChartType.MAP else (),
                )
                target = picture_path(chart, key, language, size)
                part = target.with_suffix(".part")
                part.write_text(svg, encoding="utf-8")
                part.replace(target)
                found = re.search(r'<svg [^>]*width="(\d+)[^"]*" height="(\d+)', svg)
                sizes[f"{language}-{size}"] = [int(found[1]), int(found[2])] if found else [width, width]
    return sizes


def is_settled(chart: Chart, version: Version) -> bool:
    """Drawn as it should be, or known not to be drawable."""
    key = picture_key(chart, version)
    return chart.problem.get("key") == key or (chart.drawn.get("key") == key and not chart.problem and are_there(chart, key))


def queue_charts(*, resource: Resource | None = None) -> int:
    """How many charts (of one resource) were queued to be drawn. Safe to run at any time."""
    from datasets.tasks import draw as task

    charts = Chart.objects.select_related("resource__current", "resource__dataset")
    charts = charts.filter(resource__deleted_at__isnull=True, resource__current__isnull=False).exclude(resource__current__parquet="")
    queued = 0
    for chart in charts.filter(resource=resource) if resource else charts:
        if chart.resource.current is None or is_settled(chart, chart.resource.current):
            continue
        with transaction.atomic():
            runs = DBTaskResult.objects.filter(task_path=task.module_path, args_kwargs__args=[chart.pk])
            waiting = runs.filter(status=TaskResultStatus.READY).exists()
            if not waiting and runs.filter(status=TaskResultStatus.FAILED, enqueued_at__gte=chart.modified).count() < 3:
                task.enqueue(chart.pk)
                queued += 1
    return queued


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
