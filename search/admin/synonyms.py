"""Other words for the same thing, with a preview of what they would do."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from search.models import Synonym


class SynonymCreateView(CreateView):
    """`?terms=` fills the form: the report leads here."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {name: self.request.GET.get(name, "")[:200] for name in ("terms", "language")}


class SynonymViewSet(SnippetViewSet):
    model = Synonym
    icon = "resubmit"
    menu_label = _("Synonyms")
    menu_order = 253
    add_to_admin_menu = True
    copy_view_enabled = False
    add_view_class = SynonymCreateView
    list_display = ["__str__", "language", "note", "modified"]
    list_filter = ["language"]
    search_backend_name = None
    search_fields = ["terms", "means", "note"]
    panels = [FieldPanel(name) for name in ("terms", "means", "language", "note")]
