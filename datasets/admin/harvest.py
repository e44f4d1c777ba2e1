"""Harvest sources in the admin: what to take over, and a log that people can read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import InspectView

from datasets.models import HarvestSource

from .listed import ListedViewSet

SHOWN_RUNS, SHOWN_EVENTS = 10, 200


class HarvestSourceForm(WagtailAdminModelForm):
    """Whoever saves the source lends it their rights."""

    def save(self, commit: bool = True) -> Any:
        self.instance.owner = self.for_user
        return super().save(commit)


class HarvestLogView(InspectView):
    """The last runs and what each did."""

    template_name = "datasets/admin/harvest.html"
    labels = {"owner": gettext_lazy("With the rights of"), "due": gettext_lazy("Next run")}

    def get_field_label(self, field_name: str, field: Any) -> Any:
        return self.labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        return (_("Yes") if value else _("No")) if isinstance(value, bool) else value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = list(self.object.runs.all()[:SHOWN_RUNS])
        for run in runs:
            run.shown = list(run.events.select_related("dataset")[:SHOWN_EVENTS])
        return super().get_context_data(runs=runs, **kwargs)


class HarvestSourceViewSet(ListedViewSet):
    model = HarvestSource
    icon = "download"
    menu_label = gettext_lazy("Harvest sources")
    list_display = ["__str__", Column("url", label=gettext_lazy("Address")), DateColumn("due", label=gettext_lazy("Next run"))]
    inspect_view_enabled = True
    inspect_view_class = HarvestLogView
    inspect_view_fields = ["url", "protocol", "organization", "owner", "publish", "every_hours", "due"]
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            MultiFieldPanel([FieldPanel("protocol"), FieldPanel("url"), FieldPanel("language")], heading=gettext_lazy("Where from")),
            MultiFieldPanel([FieldPanel("organization"), FieldPanel("publish")], heading=gettext_lazy("Where to")),
            MultiFieldPanel([FieldPanel("every_hours"), FieldPanel("is_active")], heading=gettext_lazy("When")),
        ],
        base_form_class=HarvestSourceForm,
    )


@require_POST
@permission_required("datasets.change_harvestsource")
def harvest_now(request: HttpRequest, source: Any) -> HttpResponse:
    """Make the next turn of the clock take it."""
    found = get_object_or_404(HarvestSource, uuid=source)
    HarvestSource.objects.filter(pk=found.pk).update(due=timezone.now(), is_active=True)
    messages.success(request, _("It will be taken over within a minute or two."))
    return redirect("wagtailsnippets_datasets_harvestsource:inspect", found.pk)
