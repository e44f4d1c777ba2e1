"""Where a request comes from: of use to limits only, and kept nowhere."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The network address of the caller; behind a proxy, what the proxy itself saw: the last entry of X-Forwarded-For."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.BEHIND_PROXY else ""
    return forwarded or request.META.get("REMOTE_ADDR", "")
