"""Places in the admin: one form for all languages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from datasets.admin.listed import ListedViewSet
from datasets.admin.panels import LANGUAGES
from pages.models import Place
from pages.translation import PlaceTranslation


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
        *(MultiFieldPanel([FieldPanel(f"{name}_{code}") for name in PlaceTranslation.fields], heading=label) for code, label in LANGUAGES),
        FieldPanel("opening"),
        FieldRowPanel([FieldPanel("access"), FieldPanel("languages")]),
        FieldRowPanel([FieldPanel("commune_code"), FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Position")),
        FieldPanel("phone"),
        FieldPanel("is_sample"),
    ]
