"""A key for a program."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from datasets.models.api_token import ApiToken, Scopes

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
