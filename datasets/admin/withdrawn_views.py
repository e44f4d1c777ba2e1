"""What was withdrawn and can come back; and a dataset's address, which can change."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from datasets.policies import can_administer, can_delete, can_publish
from datasets.selectors import withdrawn_datasets, withdrawn_resources
from datasets.services.datasets import rename_dataset
from datasets.services.withdrawal import restore_dataset, restore_resource

from .screens import AdminPage, FormScreen


class WithdrawnView(AdminPage):
    """Withdrawn datasets of one's organizations, with a button for those who may restore them."""

    template_name = "datasets/admin/withdrawn.html"
    page_title = gettext_lazy("Withdrawn data")
    header_icon = "bin"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        datasets = [(row, can_delete(user, row)) for row in withdrawn_datasets(user)]
        files = [(row, can_publish(user, row)) for row in withdrawn_resources(user)]
        return super().get_context_data(datasets=datasets, files=files, **kwargs)


@require_POST
def restore(request: HttpRequest, dataset: UUID) -> HttpResponse:
    """Bring one back."""
    found = restore_dataset(dataset=get_object_or_404(withdrawn_datasets(request.user), uuid=dataset), user=request.user)
    messages.success(request, _("“%(name)s” is back.") % {"name": found})
    return redirect("catalogue_admin:files", found.uuid)


@require_POST
def restore_file(request: HttpRequest, resource: UUID) -> HttpResponse:
    """Bring one file back."""
    found = get_object_or_404(withdrawn_resources(request.user), uuid=resource)
    restore_resource(resource=found, user=request.user)
    messages.success(request, _("“%(name)s” is back.") % {"name": found})
    return redirect("catalogue_admin:files", found.dataset.uuid)


class NameForm(forms.Form):
    name = forms.SlugField(
        label=gettext_lazy("Name in addresses"), max_length=100, help_text=gettext_lazy("The old address keeps leading here.")
    )


class RenameView(FormScreen):
    """Another address for a dataset."""

    page_title = gettext_lazy("Change the address")
    rule = staticmethod(can_administer)

    def get_page_subtitle(self) -> str:
        return str(self.dataset)

    def make_form(self, *given: Any) -> NameForm:
        return NameForm(*given, initial={"name": self.dataset.name})

    def save(self, request: HttpRequest) -> HttpResponse | None:
        try:
            renamed = rename_dataset(dataset=self.dataset, name=self.form.cleaned_data["name"], user=request.user)
        except ValidationError as error:
            self.form.add_error("name", error.messages)
            return None
        messages.success(request, _("The address is now %(address)s.") % {"address": renamed.get_absolute_url()})
        return redirect("catalogue_admin:files", self.dataset.uuid)
