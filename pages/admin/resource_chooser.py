"""Choosing a published table for a living fact."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from datasets.models import Resource
from datasets.selectors import visible_resources


class PublishedTables:
    """Only what any reader may see, so that no draft is shown by way of a page."""

    def get_object_list(self) -> Any:
        return visible_resources().exclude(current__parquet="").filter(current__isnull=False)

    @property
    def columns(self) -> list[Any]:
        return [*super().columns, Column("dataset", label=_("Dataset"))]  # type: ignore[misc]


class ChooseTable(PublishedTables, ChooseView):
    pass


class ChooseTableResults(PublishedTables, ChooseResultsView):
    pass


resource_chooser = ChooserViewSet(
    "resource_chooser",
    model=Resource,
    icon="table",
    choose_one_text=_("Choose a table"),
    choose_another_text=_("Choose another table"),
    choose_view_class=ChooseTable,
    choose_results_view_class=ChooseTableResults,
)
