"""Choosing a published table for a living fact."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm, SearchFilterMixin
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet

from datasets.admin.panels import LANGUAGES
from datasets.models import Resource
from datasets.selectors import visible_resources

NAMES = [f"{name}_{code}" for name in ("name", "dataset__title") for code, _label in LANGUAGES]


class ByNameForm(SearchFilterMixin, BaseFilterForm):
    """Tables by a part of their own name or of their dataset's, in any language."""

    def filter(self, objects: Any) -> Any:
        self.search_query = self.cleaned_data.get("q")
        self.is_searching = bool(self.search_query)
        return objects.filter(reduce(or_, (Q(**{f"{name}__icontains": self.search_query}) for name in NAMES)))


class PublishedTables:
    """Only what any reader may see, so that no draft is shown by way of a page."""

    filter_form_class = ByNameForm

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
