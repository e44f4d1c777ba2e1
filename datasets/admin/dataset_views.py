"""Wagtail's snippet views where datasets need something of their own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton, ListingButton
from wagtail.permissions import policy_registry
from wagtail.snippets.bulk_actions.delete import DeleteBulkAction
from wagtail.snippets.views import snippets

from datasets.models import Dataset
from datasets.policies import can_administer
from datasets.services.publication import refuse_undecided
from datasets.services.withdrawal import delete_dataset

from .withdraw_form import WithdrawForm


def files_url(dataset: Dataset) -> str:
    return reverse("catalogue_admin:files", args=[dataset.uuid])


class DatasetIndexView(snippets.IndexView):
    """The list shows datasets of one's organizations; each button asks about its row."""

    def _may(self, action: str, instance: Dataset) -> bool:
        return policy_registry.get_by_type(Dataset).user_has_permission_for_instance(self.request.user, action, instance)

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Any:
        """In the language of whoever reads the list; Wagtail takes the title from the revision, in the language it was saved in."""
        return super()._get_title_column(*args, accessor=str, **kwargs)

    def get_edit_url(self, instance: Dataset) -> Any:
        return super().get_edit_url(instance) if self._may("change", instance) else self.get_inspect_url(instance)

    def get_delete_url(self, instance: Dataset) -> Any:
        return super().get_delete_url(instance) if self._may("delete", instance) else None

    def get_list_buttons(self, instance: Dataset) -> Any:
        return [ListingButton(_("Files"), url=files_url(instance), icon_name="doc-full"), *super().get_list_buttons(instance)]


class DatasetCreateView(snippets.CreateView):
    """No autosave: half a name must not become an address."""

    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.autosave_enabled = False

    def get_success_buttons(self) -> Any:
        return [*super().get_success_buttons(), messages.button(files_url(self.object), _("Add files"))]


class DatasetEditView(snippets.EditView):
    def save_instance(self) -> Any:
        """Approving what nobody changed makes no new revision: that one would have to be approved again, without end."""
        if self.action == "workflow-action" and not self.form.has_changed():
            self.has_content_changes, self.new_revision = False, self.object.latest_revision
            return self.object
        return super().save_instance()

    def is_valid(self, form: Any) -> bool:
        """Publishing and approving wait until somebody has decided about data that may be about people."""
        approving = self.action == "workflow-action" and self.request.POST.get("workflow-action-name") == "approve"
        if form.is_valid() and (self.action == "publish" or approving):
            try:
                refuse_undecided(self.object)
            except ValidationError as error:
                form.add_error(None, error)
        return bool(super().is_valid(form))

    @cached_property
    def header_buttons(self) -> Any:
        buttons = [HeaderButton(_("Files"), url=files_url(self.object), icon_name="doc-full", priority=1), *super().header_buttons]
        if can_administer(self.request.user, self.object):
            rename = reverse("catalogue_admin:rename", args=[self.object.uuid])
            buttons.append(HeaderButton(_("Change the address"), url=rename, icon_name="link", priority=2))
        return buttons


class DatasetWorkflowActionView(snippets.WorkflowActionView):
    """Approving from the dashboard: where files are held, the moderator is told, and the dataset stays in moderation."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().post(request, *args, **kwargs)
        except ValidationError as error:
            messages.error(request, _("Not approved.") + " " + " ".join(error.messages))
            return redirect(files_url(self.object))


class DatasetInspectView(snippets.InspectView):
    @cached_property
    def header_buttons(self) -> Any:
        return [HeaderButton(_("Files"), url=files_url(self.object), icon_name="doc-full", priority=1), *super().header_buttons]


class DatasetDeleteView(snippets.DeleteView):
    """Deleting hides: rows and bytes stay, and the address says why."""

    form_class = WithdrawForm
    template_name = "datasets/admin/withdraw.html"

    def form_valid(self, form: WithdrawForm) -> Any:
        delete_dataset(dataset=self.object, user=self.request.user, **form.cleaned_data)
        return super().form_valid(form)

    def delete_action(self) -> None:
        """Done already, with the reason."""


class DatasetDeleteBulkAction(DeleteBulkAction):
    """Takes the place of Wagtail's own for datasets: asks about each and hides instead of deleting."""

    models = [Dataset]
    form_class = WithdrawForm
    template_name = "datasets/admin/withdraw_many.html"

    def get_execution_context(self) -> dict[str, Any]:
        return {"user": self.request.user, "reason": self.cleaned_form.cleaned_data}

    @classmethod
    def execute_action(cls, objects: Any, user: Any = None, **kwargs: Any) -> tuple[int, int]:
        for dataset in objects:
            delete_dataset(dataset=dataset, user=user, **kwargs["reason"])
        return len(objects), 0
