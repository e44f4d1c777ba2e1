"""Who calls: a personal token in a header, nothing else. No cookie opens the API: no page can make a browser call it in a reader's name."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from datasets.services.tokens import TooManyAttempts, authenticate_token


def sent_token(request: HttpRequest | Request) -> str | None:
    """The token in `Authorization` (raw as CKAN's clients send it, or after `Bearer`), else in `X-CKAN-API-Key`; None without."""
    header = request.headers.get("Authorization", "").strip()
    if header:
        scheme, _space, rest = header.partition(" ")
        return rest.strip() if scheme.lower() in ("bearer", "token") and rest else header
    return request.headers.get("X-CKAN-API-Key", "").strip() or None


def user_of_token(request: HttpRequest | Request) -> Any:
    """The owner of the token sent; AnonymousUser without one or with a bad one, which is CKAN's rule. Raises TooManyAttempts."""
    token = sent_token(request)
    if token is None:
        return AnonymousUser()
    return authenticate_token(token, address=get_client_ip_address(request) or "") or AnonymousUser()


class TokenAuthentication(BaseAuthentication):
    """The rule of /api/v1/: no token is anonymous, a bad token is 401, so that nobody mistakes the public's view for their own."""

    def authenticate(self, request: Request) -> tuple[Any, str] | None:
        token = sent_token(request)
        if token is None:
            return None
        try:
            user = user_of_token(request)
        except TooManyAttempts as problem:
            raise Throttled(wait=problem.retry_after, detail=str(_("Too many unknown tokens came from your address."))) from None
        if not user.is_authenticated:
            raise AuthenticationFailed(_("This token is unknown, expired or revoked."))
        return user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
