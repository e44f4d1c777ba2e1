"""The front door of /api/v1/: what is there, with links."""

from django.conf import settings
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from datasets.api.frame import one

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


Root = inline_serializer("Root", {name: serializers.CharField(help_text="Address") for name in [*LINKS, "ckan"]})


@one("root", type(Root), tag="root", summary="What is there")
def root(request: Request) -> dict[str, str]:
    """Each part of the API and its address; `search` is a URI template; `ckan` speaks CKAN's Action API."""
    links = {name: f"{settings.SITE_URL}/api/v1/{path}" for name, path in LINKS.items()}
    return {**links, "ckan": f"{settings.SITE_URL}/api/3/action/status_show"}
