"""What every screen about files has: Wagtail's frame, the way back, and the person's rights."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from datasets.models import Dataset, Resource, Version
from datasets.policies import can_edit, can_publish, require
from datasets.services.receive_file import FileTooLarge

from .access import dataset_of, resource_of, version_of


class AdminPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin with its title as the last crumb."""

    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]


class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A page of the admin about what its address names: a dataset, a file or a version. `rule`: who may open it at all."""

    header_icon = "table"
    _show_breadcrumbs = True
    rule: Callable[[Any, Dataset], bool] | None = None
    dataset: Dataset
    resource: Resource | None = None
    version: Version | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.find(request.user, kwargs)
        if self.rule is not None:
            require(self.rule(request.user, self.dataset))
        return super().dispatch(request, *args, **kwargs)

    def find(self, user: Any, address: dict[str, Any]) -> None:
        """The rows that the address names. 404 and 403 as in `access`."""
        if "version" in address:
            self.version = version_of(user, address["version"])
            self.resource = self.version.resource
        elif "resource" in address:
            self.resource = resource_of(user, address["resource"])
        self.dataset = self.resource.dataset if self.resource else dataset_of(user, address["dataset"])

    def get_page_subtitle(self) -> str:
        return str(self.resource or "")

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


class FormScreen(Screen):
    """A form about it; what a service refuses is said at its field or above the form, and nothing typed is lost."""

    template_name = "datasets/admin/form.html"
    rule = staticmethod(can_edit)
    submit: Any = _("Save")
    form: forms.Form

    def make_form(self, *given: Any) -> forms.Form:
        """The form, empty or with what was `given` (data, files)."""
        raise NotImplementedError

    def save(self, request: HttpRequest) -> HttpResponse | None:
        """Does what the valid form says; where to go on, or None to stay. ValidationError."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form()
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.form = self.make_form(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):  # dropped on its way in (`datasets.uploads`): no file is there to complain about
            for name in ("file", NON_FIELD_ERRORS):
                self.form.errors.pop(name, None)
            self.form.add_error("file", FileTooLarge(settings.MAX_UPLOAD_MB))
        done = None
        if self.form.is_valid():
            try:
                done = self.save(request)
            except ValidationError as error:
                if set(getattr(error, "error_dict", ())) & set(self.form.fields):
                    self.form.add_error(None, error)
                else:
                    say_errors(request, error)
        return done or self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        multipart = self.form.is_multipart()
        return super().get_context_data(**{"form": self.form, "submit": self.submit, "multipart": multipart, **kwargs})


def say_errors(request: HttpRequest, error: ValidationError) -> None:
    """What a service refused, as a message above the page."""
    for message in error.messages:
        messages.error(request, message)


def act_on_version(act: Callable[..., Version], request: HttpRequest, version: UUID, done: str, **options: Any) -> HttpResponse:
    """What a service does with a version, said as `done` or as what it refused; then the version's page."""
    found = version_of(request.user, version)
    try:
        found = act(version=found, user=request.user, **options)
    except ValidationError as error:
        say_errors(request, error)
    else:
        messages.success(request, done)
    return redirect("catalogue_admin:version", found.uuid)
