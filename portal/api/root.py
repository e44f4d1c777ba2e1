"""The front door of /api/v1/: what is there, with links."""

from django.conf import settings
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

LINKS = {
    "datasets": "datasets/",
    "organizations": "organizations/",
    "groups": "groups/",
    "licences": "licences/",
    "pages": "pages/",
    "places": "places/",
    "navigation": "navigation/",
    "interface": "interface/",
    "search": "search/?q={words}",
    "schema": "schema/",
    "documentation": "docs/",
}


class RootView(APIView):
    @extend_schema(
        operation_id="root",
        summary="What is there",
        tags=["root"],
        responses=inline_serializer("Root", {name: serializers.CharField(help_text="Address") for name in [*LINKS, "ckan"]}),
    )
    def get(self, request: Request) -> Response:
        """Each part of the API and its address; `search` is a URI template; `ckan` speaks CKAN's Action API."""
        links = {name: f"{settings.SITE_URL}/api/v1/{path}" for name, path in LINKS.items()}
        return Response({**links, "ckan": f"{settings.SITE_URL}/api/3/action/status_show"})
