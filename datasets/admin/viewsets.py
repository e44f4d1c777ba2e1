"""The menu "Open data"."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from datasets.models import DataNeed, Dataset, Group, Licence, Organization, Tag

from . import dataset_views as views
from .dataset_form import DatasetForm
from .guard import GuardedChooser, GuardedViews
from .harvest import HarvestSourceViewSet
from .listed import ListedViewSet
from .panels import dataset_panels, licence_panels, named_panels, need_panels, organization_panels


class DatasetViewSet(GuardedViews, ListedViewSet):
    model = Dataset
    icon = "table"
    menu_label = _("Datasets")
    list_display = ["__str__", Column("organization", label=_("Organization")), UpdatedAtColumn(label=_("Updated"))]
    list_filter = ["organization", "groups", "licence", "live"]
    search_fields = ["name", "title_km", "title_en", "title_zh_hans", "summary_km", "summary_en", "summary_zh_hans"]
    ordering = ["-modified"]
    inspect_view_enabled = True
    index_view_class = views.DatasetIndexView
    add_view_class = views.DatasetCreateView
    edit_view_class = views.DatasetEditView
    inspect_view_class = views.DatasetInspectView
    delete_view_class = views.DatasetDeleteView
    workflow_action_view_class = views.DatasetWorkflowActionView
    chooser_viewset_class = GuardedChooser

    def get_edit_handler(self) -> Any:
        handler = dataset_panels()
        handler.base_form_class = DatasetForm
        return handler.bind_to_model(self.model)


class OrganizationViewSet(GuardedViews, ListedViewSet):
    model = Organization
    icon = "group"
    menu_label = _("Organizations")
    list_display = ["__str__", "name"]
    search_fields = ["name", "title_km", "title_en", "title_zh_hans"]
    inspect_view_enabled = True
    edit_handler = organization_panels()
    chooser_viewset_class = GuardedChooser


class GroupViewSet(ListedViewSet):
    model = Group
    icon = "folder-open-inverse"
    menu_label = _("Groups")
    list_display = ["__str__", "name"]
    search_fields = ["name", "title_km", "title_en", "title_zh_hans"]
    edit_handler = named_panels()


class TagViewSet(ListedViewSet):
    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    search_fields = ["name"]


class LicenceViewSet(ListedViewSet):
    model = Licence
    icon = "key"
    menu_label = _("Licences")
    list_display = ["__str__", "code", "is_open"]
    edit_handler = licence_panels()


class DataNeedViewSet(ListedViewSet):
    model = DataNeed
    icon = "help"
    menu_label = _("Needed data")
    list_display = ["__str__", "spatial_code", "owed_by", "dataset"]
    list_filter = ["initiative", "owed_by"]
    search_fields = ["title_km", "title_en", "title_zh_hans"]
    edit_handler = need_panels()


class OpenData(SnippetViewSetGroup):
    items = (DatasetViewSet, OrganizationViewSet, GroupViewSet, TagViewSet, LicenceViewSet, DataNeedViewSet, HarvestSourceViewSet)
    menu_icon = "table"
    menu_label = _("Open data")
    menu_name = "open-data"
    menu_order = 150
