"""The search API alone, where the API's root would put it."""

from django.urls import include, path

from portal.urls import urlpatterns as site

urlpatterns = [path("api/v1/", include("search.api.urls")), *site]
