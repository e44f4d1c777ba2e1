"""How many requests one network address may send a minute; told in headers (draft-ietf-httpapi-ratelimit-headers)."""

import hashlib
import re
import time
from collections.abc import Callable
from threading import Lock

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from portal.views import refuse

from .middleware import TOKEN_HEADERS
from .problems import is_api, problem_response

SECONDS = 60
# Made for whoever asks, and dear. Pages without a question are not: they are kept whole.
_MADE_FILE = re.compile(r"/resource/[^/]+/(export|join)\.|/datastore/dump/|/catalog\.")
_ASKED_PAGE = re.compile(r"/[a-z-]+/(sql/|version/|dataset/[^/]+/resource/)")
NO_TOKENS = "/api/mcp"  # reads no token, so that sending one opens nothing
STEP = 10  # requests that a process counts by itself before it adds them to the count that all processes share


class _Counter:
    """Requests of this minute by address: the shared count as last seen, and what this process has not added to it yet."""

    def __init__(self) -> None:
        self.lock, self.minute = Lock(), 0
        self.seen: dict[str, tuple[int, int]] = {}

    def add(self, address: str, minute: int) -> int:
        # The address itself is kept nowhere, not even in the cache.
        key = f"rate:{minute}:" + hashlib.sha256(f"{settings.SECRET_KEY}{address}".encode()).hexdigest()[:32]
        with self.lock:
            if minute != self.minute:
                self.minute, self.seen = minute, {}
            shared, own = self.seen.get(key, (0, 0))
            own += 1
            if own >= STEP:
                shared, own = cache.get(key, 0) + own, 0
                cache.set(key, shared, SECONDS)
            self.seen[key] = (shared, own)
        return shared + own


_counter = _Counter()


def _is_counted(request: HttpRequest) -> bool:
    path = request.path_info
    return is_api(request) or bool(_MADE_FILE.match(path) or (request.META.get("QUERY_STRING") and _ASKED_PAGE.match(path)))


class RateLimitMiddleware:
    """429 beyond `API_RATE_LIMIT`; with a token beyond ten times as many. Guessing tokens is stopped where they are read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        limit = settings.API_RATE_LIMIT
        has_token = any(name in request.headers for name in TOKEN_HEADERS) and request.path_info != NO_TOKENS
        if not limit or not _is_counted(request):
            return self.get_response(request)
        # Not every address reads the token that is sent: a header alone opens ten times as much, not everything.
        caller, limit = ("token", limit * 10) if has_token else ("anonymous", limit)
        now = int(time.time())
        left = limit - _counter.add(f"{caller} {get_client_ip_address(request) or ''}", now // SECONDS)
        wait = SECONDS - now % SECONDS
        if left < 0:
            words = _("Too many requests came from your address. Wait %(seconds)d seconds, or use a token.") % {"seconds": wait}
            response: HttpResponseBase = problem_response(429, words) if is_api(request) else refuse(request, 429, words)
            response["Retry-After"] = str(wait)
        else:
            response = self.get_response(request)
        response["RateLimit-Policy"] = f'"{caller}";q={limit};w={SECONDS}'
        response["RateLimit"] = f'"{caller}";r={max(left, 0)};t={wait}'
        return response
