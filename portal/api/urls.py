"""Where the rooms' machine-readable routes meet. Nothing here redirects, and everything under /api/ answers JSON, errors too."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, include, path, re_path, resolve
from django.views.decorators.csrf import csrf_exempt

from datasets.ckan.autocompletes import AUTOCOMPLETES, autocomplete
from datasets.ckan.views import ActionView, version
from portal.assistants.views import endpoint as assistants

from .documentation import documentation
from .problems import not_found
from .root import root
from .schema import SchemaView
from .shell import interface, navigation


@csrf_exempt
def without_slash(request: HttpRequest, path: str) -> HttpResponse:
    """An address typed without its last slash is served as it is: a redirect would lose a POST's body and cost everybody a round trip."""
    try:
        match = resolve(f"/api/v1/{path}/")
    except Resolver404:  # pragma: no cover  (the catch-all below matches everything)
        return not_found(request)
    request.resolver_match = match
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return response


v1: list[Any] = [
    path("", root, name="api-root"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", documentation, name="api-docs"),
    path("navigation/", navigation, name="api-navigation"),
    path("interface/", interface, name="api-interface"),
    path("", include("datasets.api.urls")),
    path("", include("pages.api.urls")),
    path("", include("search.api.urls")),
]
urlpatterns = [
    path("api", version(1)),
    path("api/", version(1)),
    path("api/1", version(1)),
    path("api/3", version(3)),
    path("api/action/<str:name>", ActionView.as_view()),
    path("api/3/action/<str:name>", ActionView.as_view(), name="ckan-action"),
    *(path(f"api/2/util/{name}", autocomplete(name)) for name in AUTOCOMPLETES),
    path("api/mcp", assistants),
    path("api/v1/", include(v1)),
    path("api/v1", root),
    re_path(r"^api/v1/(?P<path>.*[^/])$", without_slash),
    re_path(r"^api/", csrf_exempt(not_found)),
]
# Inside the language prefix: /km/api/ is the same documentation for people.
localized_urlpatterns = [
    path("api/", documentation, name="api-documentation"),
    # CKAN's clients may ask for messages in a language so; each of the two is the same action.
    path("api/action/<str:name>", ActionView.as_view()),
    path("api/3/action/<str:name>", ActionView.as_view()),
]
