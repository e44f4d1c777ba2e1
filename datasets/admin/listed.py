"""What all lists of the admin have in common."""

from wagtail.snippets.views.snippets import SnippetViewSet


class ListedViewSet(SnippetViewSet):
    """Searched by plain comparison: the database's text search finds no Khmer word inside a name. Nothing is made by copying."""

    search_backend_name = None
    copy_view_enabled = False
