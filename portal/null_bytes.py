"""Addresses with a NUL byte are nobody's: PostgreSQL refuses the byte in text, so they are answered before anything asks the database."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin


class RefuseNullBytesMiddleware(MiddlewareMixin):
    """400 for a path or a query string that contains a NUL byte."""

    def process_request(self, request: HttpRequest) -> None:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address contains a NUL byte.")
