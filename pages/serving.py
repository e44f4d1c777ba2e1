"""A page for a reader: the straight way in two questions, Wagtail's own way for everything unusual."""

from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils.translation import get_language
from wagtail import views
from wagtail.urls import serve_pattern

from pages.selectors.locating import text_at


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """A public text, or what stands in for it, is served at once. Moved and private pages and other methods go Wagtail's way."""
    page = text_at(get_language() or "", path) if request.method in {"GET", "HEAD"} else None
    return page.serve(request) if page else views.serve(request, path)


urlpatterns = [re_path(serve_pattern, serve, name="wagtail_serve")]
