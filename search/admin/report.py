"""What readers ask and do not find."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from search.outcomes import KEPT, NO_CLICK, NO_RESULT, SEEN_BY_EDITORS, questions

MOST = 50


def report(request: HttpRequest) -> HttpResponse:
    """Questions without result, without a click, and the most frequent ones."""
    if not request.user.has_perm("search.view_synonym"):
        raise PermissionDenied
    asked = questions()
    lists = [
        (_("No result"), asked.filter(NO_RESULT).order_by("-unanswered", "query")[:MOST]),
        (_("Nothing opened"), asked.filter(NO_CLICK)[:MOST]),
        (_("Most frequent"), asked[:MOST]),
    ]
    context = {"lists": lists, "days": KEPT.days, "least": SEEN_BY_EDITORS, "may_add": request.user.has_perm("search.add_synonym")}
    return render(request, "search/admin/report.html", context)


class ReportMenuItem(MenuItem):
    """For those who look after synonyms."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("search.view_synonym"))


MENU_ITEM = ReportMenuItem(_("Searches"), reverse_lazy("search_report"), name="report-searches", icon_name="search", order=20)
