"""Whose key is this?"""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from datasets.models import ApiToken

from .create_token import digest

FAILURES = 20
WINDOW = 15 * 60  # seconds


class TooManyAttempts(Exception):
    """Too many wrong keys from this address; `retry_after` is in seconds."""

    retry_after = WINDOW


def _counter(address: str) -> str:
    # The address itself is kept nowhere, not even in the cache.
    return "token-failures:" + hashlib.sha256(f"{settings.SECRET_KEY}{address}".encode()).hexdigest()[:32]


def _count_failure(key: str) -> None:
    cache.add(key, 0, WINDOW)
    try:
        cache.incr(key)
    except ValueError:
        cache.set(key, 1, WINDOW)


def authenticate_token(secret: str, *, address: str = "") -> Any | None:
    """The active user whose valid token `secret` is, with its `token_scopes`, else None. `address`: where the caller is.

    After 20 wrong keys from one address it raises TooManyAttempts for up to 15 minutes.
    """
    key = _counter(address)
    if cache.get(key, 0) >= FAILURES:
        raise TooManyAttempts
    now = timezone.now()
    tokens = ApiToken.objects.select_related("user").filter(revoked__isnull=True, expires__gt=now, user__is_active=True)
    token = tokens.filter(digest=digest(secret)).first()
    if token is None:
        _count_failure(key)
        return None
    if token.last_used is None or now - token.last_used > timedelta(minutes=1):
        ApiToken.objects.filter(pk=token.pk).update(last_used=now)
    user: Any = token.user
    user.token_scopes = token.scopes.split()
    return user
