"""How good the data of the whole portal are: each dataset with its points, worst first."""

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
from search.form_errors import unlisted

from .attachments import harden
from .downloads import signed_in
from .paging import page_number, page_of
from .speech import speak

PER_PAGE = 20


@require_safe
def quality_page(request: HttpRequest) -> HttpResponse:
    """`?organization=` and `?failing=` (a check's code) narrow it; `&download=csv` gives the whole list as a file."""
    publishers = organizations().filter(dataset_count__gt=0)
    asked = {name: request.GET.get(name, "") for name in ("organization", "failing")}
    known = {"organization": [one.name for one in publishers], "failing": [check.code for check in CHECKS]}
    errors = unlisted(asked, known)
    organization, failing = ("" if name in errors else value for name, value in asked.items())
    found = standings(signed_in(request), organization=organization, failing=failing)
    if request.GET.get("download") == "csv":
        return _file(found)
    page = page_of(len(found), page_number(request.GET), PER_PAGE)
    start = (page.number - 1) * PER_PAGE
    context = {
        "standings": found[start : start + PER_PAGE],
        "total": len(found),
        "errors": errors,
        "well": sum(not one.failing for one in found),
        "page_obj": page,
        "checks": CHECKS,
        "organizations": publishers,
        "organization": organization,
        "failing": failing,
        "query": urlencode({name: value for name, value in (("organization", organization), ("failing", failing)) if value}),
        "noindex": bool(request.GET),
    }
    return render(request, "datasets/quality.html", context, status=400 if errors else 200)


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
