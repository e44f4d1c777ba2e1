"""Wagtail's own search in the administration: page lists, choosers, bulk actions.

Wagtail's backend cuts texts into words at spaces, so it finds no Khmer or Chinese word inside a title, and keeps an index of its own beside
ours. Here a title matches by what it contains, drafts too, and what is public also by everything the public search knows of it.
"""

from django.db.models import Model, Q
from modelsearch.backends.database.fallback import DatabaseSearchBackend, DatabaseSearchQueryCompiler
from modelsearch.query import PlainText, SearchQuery
from wagtail.models import Page

from search import registry
from search.query import DEEPEST, Query, SearchUnavailable
from search.selectors import matches


class TitleOrIndex(DatabaseSearchQueryCompiler):
    """Conditions on the database alone, so that Wagtail can order, filter and page them like any list."""

    def build_database_filter(self, query: SearchQuery, boost: float = 1.0) -> Q | str:
        found = super().build_database_filter(query, boost)
        if isinstance(query, PlainText) and isinstance(found, Q):
            return found | in_index(self.queryset.model, query.query_string)
        return found


def in_index(model: type[Model], text: str) -> Q:
    """The rows of `model` that the public search finds for `text`; of a page all its translations."""
    source = "page" if issubclass(model, Page) else model._meta.model_name or ""
    if source not in registry.sources():
        return Q()
    try:
        keys = matches(Query(text=text, filters={"kind": [source]}, limit=DEEPEST)).keys
    except SearchUnavailable:
        return Q()  # titles are found all the same
    pks = [int(key.partition(":")[2]) for key in keys]
    return Q(translation_key__in=Page.objects.filter(pk__in=pks).values("translation_key")) if source == "page" else Q(pk__in=pks)


class SearchBackend(DatabaseSearchBackend):
    query_compiler_class = TitleOrIndex
    autocomplete_query_compiler_class = TitleOrIndex
