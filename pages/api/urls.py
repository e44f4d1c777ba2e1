"""Stands under /api/v1/."""

from django.urls import path

from .views import PageListView, PageView

urlpatterns = [
    path("pages/", PageListView.as_view(), name="api-pages"),
    path("pages/<int:pk>/", PageView.as_view(), name="api-page"),
]
