"""Wagtail's reports on moderation without other organizations' datasets. Mounted before Wagtail's own, at the same addresses."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView
from wagtail.permissions import policy_registry
from wagtail.utils.urlpatterns import decorate_urlpatterns

from datasets.models import Dataset


def _without_others(rows: QuerySet[Any], user: Any, state: str = "") -> QuerySet[Any]:
    """`rows` but those on datasets that the user may not see (Wagtail asks about the model only); `state` leads to the workflow's state."""
    mine = policy_registry.get_by_type(Dataset).instances_user_has_any_permission_for(user, ["view", "change"])
    keys = [str(pk) for pk in mine.values_list("pk", flat=True)]
    other_kind = ~Q(**{f"{state}content_type": ContentType.objects.get_for_model(Dataset)})
    return rows.filter(other_kind | Q(**{f"{state}object_id__in": keys}))


class OwnWorkflowsView(WorkflowView):
    def get_queryset(self) -> QuerySet[Any]:
        return _without_others(super().get_queryset(), self.request.user)


class OwnWorkflowTasksView(WorkflowTasksView):
    def get_queryset(self) -> QuerySet[Any]:
        return _without_others(super().get_queryset(), self.request.user, "workflow_state__")


urlpatterns = [
    path("workflow/", OwnWorkflowsView.as_view()),
    path("workflow/results/", OwnWorkflowsView.as_view(results_only=True)),
    path("workflow_tasks/", OwnWorkflowTasksView.as_view()),
    path("workflow_tasks/results/", OwnWorkflowTasksView.as_view(results_only=True)),
]
for decorate in (require_admin_access, never_cache):  # as Wagtail does with its own
    urlpatterns = decorate_urlpatterns(urlpatterns, decorate)
