"""Addresses below a language prefix that are not Wagtail pages."""

from django.urls import path
from django.views.generic import RedirectView

from pages import gap_views, views
from pages.feedback_views import feedback

urlpatterns = [
    path("feedback/", feedback, name="feedback"),
    path("gaps/", gap_views.gaps, name="gaps"),
    path("gaps/<uuid:need>/", gap_views.gap, name="gap"),
    path("reviews/", views.reviews, name="reviews"),
    path("places/", RedirectView.as_view(pattern_name="places", query_string=True)),
    path("place/", views.place_list, name="places"),
    path("place/<slug:slug>/", views.place, name="place"),
]
