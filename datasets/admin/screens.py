"""What every screen about files has: Wagtail's frame, the way back, and the person's rights."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from datasets.models import Dataset, Resource, Version
from datasets.policies import can_edit, can_publish


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin below a dataset; `dataset` is set by `dispatch` of the subclass."""

    header_icon = "table"
    _show_breadcrumbs = True
    dataset: Dataset
    resource: Resource | None = None
    version: Version | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        namespace = Dataset.snippet_viewset.url_namespace  # type: ignore[attr-defined]
        name = "edit" if can_edit(self.request.user, self.dataset) else "inspect"
        files = reverse("catalogue_admin:files", args=[self.dataset.uuid])
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse(f"{namespace}:list"), "label": _("Datasets")},
            {"url": reverse(f"{namespace}:{name}", args=[self.dataset.pk]), "label": get_latest_str(self.dataset)},
            {"url": files, "label": _("Files")},
        ]
        if self.page_subtitle or self.version or self.resource:
            items.append({"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()})
        return items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(**{key: value for key, value in kwargs.items() if key not in ("dataset", "resource", "version")})
        context |= {"dataset": self.dataset, "resource": self.resource, "version": self.version}
        return context | {"may_edit": can_edit(user, self.dataset), "may_publish": can_publish(user, self.dataset)}


def say_errors(request: HttpRequest, error: ValidationError) -> None:
    """What a service refused, as a message above the page."""
    for message in error.messages:
        messages.error(request, message)


def upload_too_large(request: HttpRequest) -> bool:
    """Whether a file was dropped on its way in; asks for the body first, so that the answer is known."""
    _body = request.POST
    return bool(getattr(request, "upload_too_large", False))
