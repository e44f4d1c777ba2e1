"""Registration only: the menu, its addresses, the actions on a dataset."""

from typing import Any

from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from datasets.admin.dataset_views import DatasetDeleteBulkAction
from datasets.admin.permissions import offer_what_is_allowed
from datasets.admin.viewsets import OpenData
from datasets.models import Dataset, DatasetLogEntry

register_snippet(OpenData)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    # Not before all apps are ready: its forms name language columns, which modeltranslation adds.
    from datasets.admin import urls

    return [path("data/", include((urls.urlpatterns, "catalogue_admin")))]


# After Wagtail's own, whose place it takes: the registry keeps the last one of a model.
hooks.register("register_bulk_action", DatasetDeleteBulkAction, order=100)
hooks.register("construct_snippet_action_menu", offer_what_is_allowed)


@hooks.register("register_settings_menu_item")
def tokens_menu_item() -> MenuItem:
    return MenuItem(_("API tokens"), reverse_lazy("catalogue_admin:tokens"), icon_name="key", order=900)


@hooks.register("register_reports_menu_item")
def withdrawn_menu_item() -> MenuItem:
    return MenuItem(_("Withdrawn data"), reverse_lazy("catalogue_admin:withdrawn"), icon_name="bin", order=900)


@hooks.register("register_log_actions")
def log_of_datasets(actions: Any) -> None:
    actions.register_model(Dataset, DatasetLogEntry)
