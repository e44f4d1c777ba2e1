"""The results page; stands under each language's prefix, before the pages."""

from django.urls import path

from .views import outcome, results

urlpatterns = [path("search/", results, name="search"), path("search/outcome/", outcome, name="search-outcome")]
