"""Stands under /api/v1/."""

from django.urls import path

from .views import SearchView, SuggestionsView

urlpatterns = [
    path("search/", SearchView.as_view(), name="api-search"),
    path("search/suggestions/", SuggestionsView.as_view(), name="api-search-suggestions"),
]
