"""Whole public pages from memory: nothing is rendered twice until something that the public can see has changed."""

import time
from collections.abc import Callable

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import get_conditional_response

from portal.generation import current
from portal.middleware import TOKEN_HEADERS

QUARTER = 900  # seconds: offices open and close by quarters of an hour, and days end with one
PERSONAL = ("HTTP_COOKIE", *TOKEN_HEADERS)
LANGUAGES = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)


class PageCacheMiddleware:
    """Keeps what `PublicCacheMiddleware` lets any cache keep, packed and with its ETag, in this process.

    Only pages under a language, for readers who send no cookie and no token, without a query: what somebody typed is kept nowhere.
    Whatever says `no-store` (sensitive pages, previews, forms) never gets in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._asks_for_a_public_page(request):
            return self.get_response(request)
        packed = bool(re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")))  # as the middleware that packs decides
        when = int(time.time()) // QUARTER
        key = f"{current()}:{when}:{request.scheme}:{request.META.get('HTTP_HOST', '')}:{packed}:{request.get_full_path()}"
        kept = caches["pages"].get(key)
        if kept is None:
            response = self.get_response(request)
            if self._may_be_kept(response):
                caches["pages"].set(key, (response.content, list(response.items())))
            return response
        content, headers = kept
        response = HttpResponse(content, headers=dict(headers))
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    @staticmethod
    def _asks_for_a_public_page(request: HttpRequest) -> bool:
        return (
            settings.PAGE_CACHE
            and request.method == "GET"
            and request.path_info.startswith(LANGUAGES)
            and not request.META.get("QUERY_STRING")
            and not any(request.META.get(name) for name in PERSONAL)
            and not getattr(request, "is_dummy", False)
        )

    @staticmethod
    def _may_be_kept(response: HttpResponse) -> bool:
        return (
            response.status_code == 200
            and not response.streaming
            and not response.cookies
            and "ETag" in response
            and "public" in response.get("Cache-Control", "")
            and response.get("Content-Type", "").startswith("text/html")
        )
