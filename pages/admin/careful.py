"""What an editor is told while editing and publishing: facts whose data have gone, languages that disagree, pages that are not fit."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from pages.facts import problems_on
from pages.fidelity import differences
from pages.models import BasePage
from pages.page_types import PAGE_TYPES
from pages.selectors.variants import public_pages, source_first


def warn_of_facts(request: HttpRequest, page: Page) -> None:
    """On the edit form: living facts and charts that readers cannot see any more."""
    if request.method == "GET" and isinstance(page, BasePage):
        for what, why in problems_on(page.get_latest_revision_as_object()):
            messages.warning(request, f"{what}: {why}")


def warn_of_differences(request: HttpRequest, page: Page) -> None:
    """After publishing: what this text and its source, or its translations, do not share."""
    if not isinstance(page, BasePage):
        return
    source, *translations = [*source_first(public_pages().filter(translation_key=page.translation_key)).specific()] or [page]
    for other in translations if page.pk == source.pk else [page]:
        if found := differences(source, other):
            words = {"language": other.locale.get_display_name(), "count": len(found), "first": str(found[0])}
            messages.warning(request, _("%(language)s and the source disagree in %(count)d places. The first: %(first)s") % words)


class CarefulWorkflowAction(WorkflowActionView):
    """Approving publishes: where the page is not fit, the reviewer is told, and it stays in moderation."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, _("Not published.") + " " + " ".join(error.messages))
            return redirect("wagtailadmin_pages:edit", self.object.pk)


def viewsets() -> list[PageViewSet]:
    """Wagtail's views for every page type, with ours where a page may turn out to be unfit."""
    return [
        type(f"{model.__name__}Views", (PageViewSet,), {"model": model, "workflow_action_view_class": CarefulWorkflowAction})()
        for model in PAGE_TYPES.values()
    ]
