"""Registration only."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from pages.admin import careful, dashboard, place_table, reports, signature, translations
from pages.admin.places import PlaceViewSet
from pages.admin.records import CityRecords
from pages.admin.resource_chooser import resource_chooser
from pages.admin.words import FeedbackViewSet, TermViewSet
from pages.link_types import ReadersPageLink

for viewset in (PlaceViewSet, TermViewSet, FeedbackViewSet, CityRecords):
    register_snippet(viewset)
hooks.register("register_admin_viewset", lambda: [resource_chooser, *careful.viewsets()])
for item in reports.menu_items():
    hooks.register("register_reports_menu_item", lambda item=item: item)
hooks.register("register_admin_menu_item", place_table.menu_item)
hooks.register("construct_homepage_panels", lambda request, panels: panels.append(dashboard.WaitingPanel()))
hooks.register("before_edit_page", careful.warn_of_facts)
hooks.register("after_publish_page", careful.warn_of_differences)
hooks.register("before_edit_page", translations.publish_from_editor, order=-10)
hooks.register("register_page_header_buttons", signature.sign_button)


@hooks.register("register_admin_urls", order=-10)
def admin_urls() -> list[URLPattern]:
    return [
        # The same address as wagtail-localize's own view, which publishes source text in the place of what is missing.
        path("localize/update/<int:translation_source_id>/", translations.CompleteUpdateTranslationsView.as_view()),
        path("localize/translate/<int:translation_id>/pofile/upload/", translations.upload_po),
        path("pages/<int:page_id>/sign/", signature.sign, name="pages_sign"),
        path("places-table/", place_table.place_table, name="pages_place_table"),
        path("places-table/places.csv", place_table.download, name="pages_place_table_csv"),
        path("portal-reports/<slug:name>/", reports.report, name="pages_report"),
    ]


@hooks.register("register_rich_text_features", order=10)
def link_types(features: Any) -> None:
    features.register_link_type(ReadersPageLink)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("pages.sign", _("Sign"), _("Signed the text"))
