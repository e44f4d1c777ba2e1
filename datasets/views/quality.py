"""How good the data of the whole portal are: each dataset with its points, worst first."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.quality.checks import CHECKS
from datasets.quality.panel import Standing, standings
from datasets.selectors import organizations
from datasets.tabular.exporting import EXPORT_FORMATS, neutralise

from .attachments import harden
from .downloads import signed_in
from .paging import page_number, page_of
from .speech import speak

PER_PAGE = 20


@require_safe
def quality_page(request: HttpRequest) -> HttpResponse:
    """`?organization=` and `?failing=` (a check's code) narrow it; `&download=csv` gives the whole list as a file."""
    publishers = organizations().filter(dataset_count__gt=0)
    organization, failing = request.GET.get("organization", ""), request.GET.get("failing", "")
    organization = organization if any(one.name == organization for one in publishers) else ""
    failing = failing if any(check.code == failing for check in CHECKS) else ""
    found = standings(signed_in(request), organization=organization, failing=failing)
    if request.GET.get("download") == "csv":
        return _file(found)
    page = page_of(len(found), page_number(request.GET), PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    context = {
        "standings": found[start : start + PER_PAGE],
        "total": len(found),
        "well": sum(not one.failing for one in found),
        "page_obj": page,
        "checks": CHECKS,
        "organizations": publishers,
        "organization": organization,
        "failing": failing,
        "query": urlencode({name: value for name, value in (("organization", organization), ("failing", failing)) if value}),
        "noindex": bool(request.GET),
    }
    return render(request, "datasets/quality.html", context)


def _file(found: list[Standing]) -> HttpResponse:
    """A row a dataset, a column a check: its word."""
    out = io.StringIO(newline="")
    rows = [[_("Dataset"), _("Title"), _("Organization"), _("To mend"), *(str(check.title) for check in CHECKS)]]
    for one in found:
        words = [point.verdict.word for point in one.points]
        rows.append([one.dataset.name, speak(one.dataset, "title")[0], one.dataset.organization.name, str(len(one.failing)), *words])
    csv.writer(out).writerows([neutralise(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type=EXPORT_FORMATS["csv"])
    harden(response, filename="quality.csv")
    return response
