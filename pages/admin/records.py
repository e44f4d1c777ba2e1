"""Commitments, notices, events and ambassadors in the admin: one form for all languages, made from the model's own fields."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from datasets.admin.listed import ListedViewSet
from datasets.admin.panels import by_language
from pages.models import RECORDS, Record

ICONS = {"commitments": "check", "notices": "warning", "events": "calendar", "ambassadors": "group"}


def _viewset(model: type[Record]) -> type[ListedViewSet]:
    plain = [field.name for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    plain = [name for name in plain if not any(name == text or name.startswith(f"{text}_") for text in model.texts)]
    members = {
        "model": model,
        "icon": ICONS[model.register],
        "menu_label": model._meta.verbose_name_plural,
        "list_display": ["title", "initiative", "is_sample"],
        "list_filter": ["initiative", "is_sample"],
        "search_fields": ["title_km", "title_en", "title_zh_hans", "slug"],
        "panels": [
            *by_language(dict.fromkeys(model.texts, "")),
            MultiFieldPanel([FieldPanel(name) for name in plain], heading=_("In all languages")),
        ],
    }
    return type(f"{model.__name__}ViewSet", (ListedViewSet,), members)


class CityRecords(SnippetViewSetGroup):
    items = tuple(_viewset(model) for model in RECORDS.values())
    menu_icon = "clipboard-list"
    menu_label = _("City records")
    menu_name = "city-records"
    menu_order = 253
