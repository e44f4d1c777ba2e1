"""A chart's own page, its pictures, and the piece that other sites put into theirs."""

from pathlib import Path
from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from datasets.charts.drawing import WIDTHS
from datasets.charts.files import LANGUAGES, picture_path
from datasets.charts.shown import shown
from datasets.models import Chart
from datasets.policies import capacities, is_superuser
from datasets.selectors import visible_charts

from .attachments import PRIVATE, PUBLIC
from .downloads import signed_in

# An SVG is a document: opened by itself it may show its own colours and nothing else.
INERT = "sandbox; default-src 'none'; style-src 'unsafe-inline'"


def _public(uuid: UUID) -> Chart:
    return get_object_or_404(visible_charts(), uuid=uuid)


@require_safe
def chart_page(request: HttpRequest, chart: UUID) -> HttpResponse:
    """The chart with its table, its citation and the lines that embed it."""
    found = _public(chart)
    dataset = found.resource.dataset
    embed = f"{settings.SITE_URL.rstrip('/')}/embed/chart/{found.uuid}/?language={translation.get_language()}"
    context = {"chart": shown(found), "dataset": dataset, "resource": found.resource, "is_sample": dataset.is_sample, "embed": embed}
    return render(request, "datasets/chart.html", context)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def embedded_chart(request: HttpRequest, chart: UUID) -> HttpResponse:
    """The chart alone, for a frame of any site, in `?language=`; no script, no cookie."""
    found = _public(chart)
    language = request.GET.get("language", "")
    with translation.override(language if language in LANGUAGES else settings.LANGUAGE_CODE):
        context = {"chart": shown(found), "dataset": found.resource.dataset, "site": settings.SITE_URL.rstrip("/")}
        return render(request, "datasets/chart_embedded.html", context)


@require_safe
def chart_picture(request: HttpRequest, chart: UUID, language: str, size: str) -> HttpResponseBase:
    """One SVG of a chart; one that is not public only for those who see its dataset's drafts."""
    found, cache_control = visible_charts().filter(uuid=chart).first(), PUBLIC
    if found is None:
        user = signed_in(request)
        drafts = Chart.objects.exclude(drawn={}).filter(uuid=chart).select_related("resource__dataset")
        drafts = drafts if is_superuser(user) else drafts.filter(resource__dataset__organization__in=capacities(user))
        found, cache_control = drafts.first(), PRIVATE
    if found is None or language not in LANGUAGES or size not in WIDTHS:
        raise Http404
    path: Path = picture_path(found, found.drawn["key"], language, size)
    if not path.is_file():  # lost: the timetable has it drawn again
        raise Http404
    etag = f'"{found.drawn["key"]}-{language}-{size}"'
    response = FileResponse(path.open("rb"), content_type="image/svg+xml")
    response["ETag"], response["Cache-Control"] = etag, cache_control
    response["Content-Security-Policy"] = INERT
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return get_conditional_response(request, etag=etag, response=response) or response
