"""The files of a dataset: what is there, a new one, its name, its end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from datasets.models import Resource, Version
from datasets.remote_words import failure_in_words
from datasets.services.links import queue_fetch
from datasets.services.receive_file import receive_file
from datasets.services.resources import create_resource, update_resource
from datasets.services.versions import create_version
from datasets.services.withdrawal import delete_resource

from .access import resource_of
from .screens import FormScreen, Screen
from .upload_forms import FileForm, NewResourceForm, ResourceForm
from .withdraw_form import WithdrawForm


@dataclass(frozen=True, slots=True)
class Fetch:
    """How fetching the file behind a link went: when it was looked at, when it last came, and why it did not."""

    checked: datetime | None
    good: datetime | None
    failure: str

    @classmethod
    def of(cls, resource: Resource) -> "Fetch":
        when = [parse_datetime(resource.fetched.get(key, "")) for key in ("checked", "good")]
        return cls(*when, failure_in_words(resource.fetched.get("problem", {})))


class FilesView(Screen):
    """Every resource of the dataset with every version and where it stands."""

    template_name = "datasets/admin/files.html"
    page_title = gettext_lazy("Files")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = Prefetch(
            "versions", queryset=Version.objects.select_related("data_file", "created_by").defer("report", "detection", "schema")
        )
        resources = self.dataset.resources.filter(deleted_at__isnull=True).select_related("current").prefetch_related(versions, "charts")
        for resource in resources:
            resource.fetch = Fetch.of(resource)
        return super().get_context_data(resources=resources, **kwargs)


class AddResourceView(FormScreen):
    """A new file or link."""

    page_title = gettext_lazy("Add a file or a link")
    submit = gettext_lazy("Upload")
    make_form = staticmethod(NewResourceForm)

    def save(self, request: HttpRequest) -> HttpResponse:
        data = dict(self.form.cleaned_data)
        upload = data.pop("file")
        # The bytes are kept before anything else can fail.
        kept = receive_file(stream=upload, filename=upload.name, user=request.user) if upload else None
        with transaction.atomic():
            resource = create_resource(dataset=self.dataset, user=request.user, fields=data)
            if kept is None:
                return redirect("catalogue_admin:files", self.dataset.uuid)
            version = create_version(resource=resource, data_file=kept, filename=upload.name, user=request.user)
        return redirect("catalogue_admin:version", version.uuid)


class UploadView(FormScreen):
    """A new version of a file."""

    page_title = gettext_lazy("New version")
    submit = gettext_lazy("Upload")
    make_form = staticmethod(FileForm)

    def save(self, request: HttpRequest) -> HttpResponse:
        upload, note = self.form.cleaned_data["file"], self.form.cleaned_data["note"]
        kept = receive_file(stream=upload, filename=upload.name, user=request.user)
        version = create_version(resource=self.resource, data_file=kept, filename=upload.name, user=request.user, note=note)
        return redirect("catalogue_admin:version", version.uuid)


class EditResourceView(FormScreen):
    """The name, description, link and place of a resource."""

    page_title = gettext_lazy("Edit")

    def make_form(self, *given: Any) -> ResourceForm:
        return ResourceForm(*given, instance=self.resource)

    def save(self, request: HttpRequest) -> HttpResponse:
        update_resource(resource=self.resource, user=request.user, fields=self.form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("catalogue_admin:files", self.dataset.uuid)


class DeleteResourceView(FormScreen):
    """Asks, then takes the resource out of the dataset."""

    template_name = "datasets/admin/delete_resource.html"
    page_title = gettext_lazy("Delete")
    make_form = staticmethod(WithdrawForm)

    def save(self, request: HttpRequest) -> HttpResponse:
        delete_resource(resource=self.resource, user=request.user, **self.form.cleaned_data)
        messages.success(request, _("“%(name)s” was deleted.") % {"name": self.resource})
        return redirect("catalogue_admin:files", self.dataset.uuid)


@require_POST
def fetch_now(request: HttpRequest, resource: UUID) -> HttpResponse:
    """Have the file behind the link fetched without waiting for its time."""
    found = resource_of(request.user, resource)
    queue_fetch(resource=found, user=request.user)
    messages.success(request, _("The file is being fetched. Look again in a minute."))
    return redirect("catalogue_admin:files", found.dataset.uuid)
