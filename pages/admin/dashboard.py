"""What waits for the person who opens the administration: their files first, then what everybody shares, then where to look further."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component

from datasets.models import Chart, Version
from datasets.models.version import WORKING, State
from datasets.selectors import editable_datasets
from pages.models import Feedback
from pages.models.feedback import Triage
from pages.selectors.reviews import overdue

from .reports import REPORTS

MOST_FILES = 8


def waiting_files(user: Any) -> QuerySet[Version]:
    """The newest file of each resource the user may change, where it is not published and nothing works on it: a person's turn."""
    newest = Version.objects.filter(resource=OuterRef("resource")).order_by("-number").values("pk")[:1]
    return (
        Version.objects.filter(published=None, resource__deleted_at=None, resource__dataset__in=editable_datasets(user))
        .exclude(state__in=(*WORKING, State.NO_CHANGE))
        .filter(pk=Subquery(newest))
        .select_related("resource__dataset")
        .order_by("-created")
    )


def shared_work(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """(what there is, where): only what there is something of."""
    if request.user.has_perm("pages.change_feedback") and (count := Feedback.objects.filter(status=Triage.NEW).count()):
        words = ngettext("%d word from a reader nobody has looked at", "%d words from readers nobody has looked at", count)
        yield words % count, f"{reverse(Feedback.snippet_viewset.get_url_name('list'))}?status={Triage.NEW}"
    if count := len(overdue(get_language() or "km")):
        yield ngettext("%d guide whose review is due", "%d guides whose review is due", count) % count, reverse("reviews")
    if count := Chart.objects.exclude(problem={}).count():
        words = ngettext("%d chart that its newest table no longer fits", "%d charts that their newest tables no longer fit", count)
        yield words % count, reverse("pages_report", args=["facts"])


class WaitingPanel(Component):
    """On the first page of the administration, above what Wagtail shows of moderation and locked pages."""

    name = "waiting"
    template_name = "pages/admin/dashboard.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        files = waiting_files(request.user)
        return {
            "files": [
                {
                    "version": version,
                    "url": reverse("catalogue_admin:version", args=[version.uuid]),
                    "state": _("may be about people: decide") if version.held else version.get_state_display(),
                }
                for version in files[:MOST_FILES]
            ],
            "more": max(files.count() - MOST_FILES, 0),
            "shared": list(shared_work(request)),
            "reports": [(REPORTS[name][0], reverse("pages_report", args=[name])) for name in ("waiting", "languages")],
            "new_dataset": request.user.has_perm("datasets.add_dataset") and reverse("wagtailsnippets_datasets_dataset:add"),
            "pages": reverse("wagtailadmin_explore_root"),
        }
