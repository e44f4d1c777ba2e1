"""Places in the admin: one form for all languages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from datasets.admin.listed import ListedViewSet
from datasets.admin.panels import by_language
from pages.models import Place


class PlaceViewSet(ListedViewSet):
    model = Place
    icon = "site"
    menu_label = _("Places")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "kind", "is_sample"]
    list_filter = ["kind", "is_sample"]
    copy_view_enabled = True
    search_fields = ["name_km", "name_en", "name_zh_hans", "slug"]
    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
        *by_language(dict.fromkeys(Place.texts, "")),
        FieldPanel("opening"),
        FieldRowPanel([FieldPanel("access"), FieldPanel("languages")]),
        FieldRowPanel([FieldPanel("commune_code"), FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Position")),
        FieldPanel("phone"),
        FieldPanel("is_sample"),
    ]
