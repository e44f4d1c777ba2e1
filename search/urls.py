"""The results page; stands under each language's prefix, before the pages."""

from django.urls import path

from .views import results

urlpatterns = [path("search/", results, name="search")]
