"""No view of a snippet is built without this: it asks about the row before anything else happens."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from wagtail.models import TaskState
from wagtail.permissions import policy_registry
from wagtail.snippets.views.chooser import SnippetChooserViewSet

from .permissions import OwnedPolicy

# What the least of a row's views needs. Views that are not named here need "change"; publishing ones ask for more by themselves.
LEAST = {
    "InspectView": "view",
    "DeleteView": "delete",
    "UnpublishView": "publish",
    "RevisionsUnscheduleView": "publish",
    "WorkflowActionView": "publish",
    "CollectWorkflowActionDataView": "publish",
}


class OrganizationGuard:
    """Refuses (403) a row of another organization, hides (404) what is deleted, and makes every later question one about this row."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        policy = policy_registry.get_by_type(self.model)
        if "pk" in kwargs and isinstance(policy, OwnedPolicy):
            row = self.model._default_manager.filter(pk=unquote(str(kwargs["pk"]))).first()
            if row is None or getattr(row, "deleted_at", None) is not None:
                raise Http404
            if not policy.user_has_permission_for_instance(request.user, self.least_permission, row):
                raise PermissionDenied
            # A task state in the address must be one of this row's: else one could decide on a row by way of another.
            state = kwargs.get("task_state_id")
            if state is not None and not TaskState.objects.for_instance(row).filter(pk=state).exists():
                raise Http404
            self.permission_policy = policy.for_row(row)
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


def guarded(view_class: type) -> type:
    """`view_class` behind the guard."""
    least = next((LEAST[base.__name__] for base in view_class.__mro__ if base.__name__ in LEAST), "change")
    return type(view_class.__name__, (OrganizationGuard, view_class), {"least_permission": least, "__module__": view_class.__module__})


class GuardedViews:
    """A viewset all of whose views are guarded."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        return super().construct_view(guarded(view_class), **kwargs)  # type: ignore[misc]

    def get_queryset(self, request: HttpRequest) -> Any:
        """What the list shows: Wagtail's own would be every row of the model."""
        return policy_registry.get_by_type(self.model).instances_user_has_any_permission_for(request.user, ["view", "change"])  # type: ignore[attr-defined]


def _mine(view: Any, rows: Any) -> Any:
    policy = policy_registry.get_by_type(rows.model)
    return rows.filter(pk__in=policy.instances_user_has_any_permission_for(view.request.user, ["change", "view"]).values("pk"))


class GuardedChooser(SnippetChooserViewSet):
    """A chooser that offers, and names, only rows of the user's organizations."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        methods: dict[str, Any] = {"__module__": view_class.__module__}
        if hasattr(view_class, "get_object_list"):
            methods["get_object_list"] = lambda view: _mine(view, view_class.get_object_list(view))  # type: ignore[attr-defined]
        if hasattr(view_class, "get_objects"):
            methods["get_objects"] = lambda view, pks: _mine(view, view.model_class.objects.filter(pk__in=pks))
        if hasattr(view_class, "get_object"):
            methods["get_object"] = lambda view, pk: _mine(view, view.model_class.objects.all()).get(pk=pk)
        return super().construct_view(type(view_class.__name__, (view_class,), methods), **kwargs)
