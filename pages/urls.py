"""Addresses below a language prefix that are not Wagtail pages."""

from django.urls import path

from pages import views

urlpatterns = [
    path("place/", views.place_list, name="places"),
    path("place/<slug:slug>/", views.place, name="place"),
]
