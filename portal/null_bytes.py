"""Addresses with a NUL byte are nobody's: PostgreSQL refuses the byte in text, so they are answered before anything asks the database."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class RefuseNullBytesMiddleware:
    """400 for a path or a query string that contains a NUL byte."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address contains a NUL byte.")
        return self.get_response(request)
