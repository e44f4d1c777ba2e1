"""Addresses below a language prefix that are not Wagtail pages."""

from django.urls import path, register_converter
from django.views.generic import RedirectView

from pages import gap_views, record_views, views
from pages.feedback_views import feedback

register_converter(record_views.RegisterConverter, "register")

urlpatterns = [
    path("feedback/", feedback, name="feedback"),
    path("gaps/", gap_views.gaps, name="gaps"),
    path("gaps/<uuid:need>/", gap_views.gap, name="gap"),
    path("reviews/", views.reviews, name="reviews"),
    path("places/", RedirectView.as_view(pattern_name="places", query_string=True)),
    path("place/", views.place_list, name="places"),
    path("place/<slug:slug>/", views.place, name="place"),
    path("<register:register>/", record_views.record_list, name="records"),
    path("<register:register>/feed.atom", record_views.record_feed, name="records-feed"),
    path("<register:register>/calendar.ics", record_views.record_calendar, name="records-calendar"),
    path("<register:register>/<slug:slug>/", record_views.record, name="record"),
    path("<register:register>/<slug:slug>/calendar.ics", record_views.record_calendar, name="record-calendar"),
]
