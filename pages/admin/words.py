"""Explained words and readers' feedback in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, DateColumn

from datasets.admin.listed import ListedViewSet
from datasets.admin.panels import by_language
from pages.models import Feedback, Term


class TermViewSet(ListedViewSet):
    model = Term
    icon = "openquote"
    menu_label = _("Explained words")
    menu_order = 251
    add_to_admin_menu = True
    list_display = ["term_km", "term_en", "term_zh_hans", "is_sample"]
    search_fields = ["term_km", "term_en", "term_zh_hans"]
    panels = [
        *by_language({"term": "", "explanation": ""}),
        FieldPanel("source_url"),
        FieldPanel("is_sample"),
    ]


class FeedbackViewSet(ListedViewSet):
    model = Feedback
    icon = "comment"
    menu_label = _("Feedback")
    menu_order = 252
    add_to_admin_menu = True
    list_display = ["path", "language", BooleanColumn("useful", label=_("Useful")), "missing", DateColumn("created"), "status"]
    list_filter = ["status", "useful", "language"]
    search_fields = ["path", "missing", "note"]
    panels = [
        FieldRowPanel([FieldPanel(name, read_only=True) for name in ("path", "language", "useful", "created")]),
        FieldPanel("missing", read_only=True),
        FieldPanel("status"),
        FieldPanel("note"),
    ]
