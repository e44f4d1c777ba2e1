"""Registration only."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from pages.admin import signature, translations
from pages.admin.places import PlaceViewSet
from pages.link_types import ReadersPageLink

register_snippet(PlaceViewSet)
hooks.register("before_edit_page", translations.publish_from_editor, order=-10)
hooks.register("register_page_header_buttons", signature.sign_button)


@hooks.register("register_admin_urls", order=-10)
def admin_urls() -> list[URLPattern]:
    return [
        # The same address as wagtail-localize's own view, which publishes source text in the place of what is missing.
        path("localize/update/<int:translation_source_id>/", translations.CompleteUpdateTranslationsView.as_view()),
        path("pages/<int:page_id>/sign/", signature.sign, name="pages_sign"),
    ]


@hooks.register("register_rich_text_features", order=10)
def link_types(features: Any) -> None:
    features.register_link_type(ReadersPageLink)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("pages.sign", _("Sign"), _("Signed the text"))
