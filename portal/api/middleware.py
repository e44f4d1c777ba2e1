"""What a cache between us and a client may keep of an API answer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.deprecation import MiddlewareMixin

from .problems import is_api

TOKEN_HEADERS = ("Authorization", "X-CKAN-API-Key")


class ApiCacheMiddleware(MiddlewareMixin):
    """Public reads may be kept if they are checked every time (their ETag makes that a 304); what a token opened is never kept."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not is_api(request) or response.get("Content-Type", "").startswith("text/html"):
            return response
        patch_vary_headers(response, (*TOKEN_HEADERS, "Accept-Language"))
        if any(name in request.headers for name in TOKEN_HEADERS) or request.method not in ("GET", "HEAD"):
            response["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control"):
            response["Cache-Control"] = "public, max-age=0, must-revalidate"
        if request.method == "HEAD" and response.status_code == 200 and not response.streaming:
            # Django gives tags to GET alone; HEAD has the same one.
            response = set_response_etag(response)
            return get_conditional_response(request, etag=response["ETag"], response=response)
        return response
