"""Stands under /api/v1/."""

from django.urls import path

from .views import PageListView, PageView, PreviewView

urlpatterns = [
    path("pages/", PageListView.as_view(), name="api-pages"),
    path("pages/<int:pk>/", PageView.as_view(), name="api-page"),
    path("preview/", PreviewView.as_view(), name="api-preview"),
]
