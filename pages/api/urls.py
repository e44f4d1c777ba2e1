"""Stands under /api/v1/."""

from django.urls import path

from . import places, records
from .views import PageListView, PageView, PreviewView

urlpatterns = [
    path("pages/", PageListView.as_view(), name="api-pages"),
    path("pages/<int:pk>/", PageView.as_view(), name="api-page"),
    path("places/", places.place_list, name="api-places"),
    path("places/<slug:slug>/", places.place, name="api-place"),
    path("preview/", PreviewView.as_view(), name="api-preview"),
    *records.urlpatterns,
]
