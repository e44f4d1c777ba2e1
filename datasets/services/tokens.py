"""Keys for programs: made, recognised, made useless."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models.api_token import ApiToken, Scopes
from datasets.policies import is_superuser, require

DAYS = 365


def digest(secret: str) -> str:
    """The SHA-256 of a secret. It is 256 random bits, so that no slow hash is needed to keep it from being guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def create_token(*, user: Any, name: str = "", expires: datetime | None = None, scopes: str = "read write") -> tuple[ApiToken, str]:
    """The token's row and its secret, which is kept nowhere: show it once. Expires after a year unless `expires` is sooner or later.

    `scopes`: "read", or "read write". ValidationError for others, and for a moment that has passed.
    """
    expires = expires or timezone.now() + timedelta(days=DAYS)
    if expires <= timezone.now():
        raise ValidationError({"expires": _("Choose a day to come.")})
    if scopes not in Scopes.values:
        raise ValidationError({"scopes": [", ".join(Scopes.values)]})
    secret = secrets.token_urlsafe(32)
    return ApiToken.objects.create(user=user, name=name or "API", digest=digest(secret), expires=expires, scopes=scopes), secret


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


def revoke_token(*, token: ApiToken, user: Any) -> ApiToken:
    """The token, revoked from now on. PermissionDenied for somebody else's."""
    require(token.user_id == user.pk or is_superuser(user))
    if token.revoked is None:
        token.revoked = timezone.now()
        token.save(update_fields=["revoked"])
    return token
