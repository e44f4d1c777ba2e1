"""What every answer of the site shares: which language it speaks, whether a cache may keep it, what a browser may run, how it is packed."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

# Never redirected into a language, never translated by their address.
UNPREFIXED = re.compile(
    r"^/(admin|api|static|media|documents|health|catalog|feeds|datastore|version|chart|embed)(/|\.|$)"
    r"|^/(data\.json|sitemap[^/]*\.xml|robots\.txt|favicon\.ico|service-worker\.js)$"
    r"|^/resource/[^/]+/(export|join)"
    r"|^/dataset/[^/]+/resource/[^/]+/download(/|$)"
    r"|/feed/?$|\.(atom|rss|jsonld|ttl|xml|rdf|bib|ris)$|^/dataset/[^/]+[./](datapackage|croissant|csl)\.json$"
)
ADMIN = "/admin/"
TOKEN_HEADERS = ("HTTP_AUTHORIZATION", "HTTP_X_CKAN_API_KEY")
PUBLIC_CACHE = "public, max-age=60, stale-while-revalidate=60"
SPOKEN_TYPES = ("text/html", "application/json", "application/problem+json")
PACKED_TYPES = (
    *SPOKEN_TYPES,
    "application/xml",
    "text/xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/ld+json",
    "text/turtle",
    "application/vnd.",
    "image/svg+xml",
)


class LanguageMiddleware(LocaleMiddleware):
    """Django's, but an address that belongs to machines keeps its 404: no redirect into a language.

    A cookie chooses nothing: none is set here, and a cache that looks at `Accept-Language` would hand one reader's choice to another.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if UNPREFIXED.search(request.path_info):
            if response.get("Content-Type", "").startswith(SPOKEN_TYPES):
                patch_vary_headers(response, ["Accept-Language"])
            return response
        return super().process_response(request, response)


class PublicCacheMiddleware(MiddlewareMixin):
    """Readable answers may be kept a minute by any cache; whatever touched a session, sets a cookie or was asked with a token never is.

    Stands outside the session's middleware, so that it sees what that one added. A view's own Cache-Control stays.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN) or getattr(request, "is_dummy", False):
            return response
        if response.cookies or has_vary_header(response, "Cookie"):
            response["Cache-Control"] = "private, no-store"
        elif not response.has_header("Cache-Control") and request.method in {"GET", "HEAD"}:
            with_token = any(request.META.get(name) for name in TOKEN_HEADERS)
            response["Cache-Control"] = "private, no-cache" if with_token else PUBLIC_CACHE if response.status_code < 400 else "no-cache"
        return response


class AdminPolicyMiddleware(MiddlewareMixin):
    """The looser content security policy under the admin, previews drawn by it included, and nowhere else. Stands inside django-csp's."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(ADMIN) or getattr(request, "is_dummy", False):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY["DIRECTIVES"]  # type: ignore[attr-defined]
        return response


class PackPublicMiddleware(GZipMiddleware):
    """gzip for pages and API answers; not for the admin, whose pages carry secrets (BREACH), nor for downloads, which leave as they are."""

    max_random_bytes = 0  # there is no secret to hide the length of, and the same page must be the same bytes

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_download = response.get("Content-Disposition", "").startswith("attachment")
        packable = response.get("Content-Type", "").startswith(PACKED_TYPES) and not is_download
        if not packable or request.path_info.startswith(ADMIN):
            return response
        return super().process_response(request, response)
