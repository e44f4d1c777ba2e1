"""Keys for programs."""

from typing import Any

from django.contrib.auth import get_user_model

from datasets.ckan.dictionaries.organization import user_id
from datasets.ckan.errors import NotAuthorized, NotFound
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.times import naive_utc
from datasets.ckan.values import required
from datasets.models import ApiToken
from datasets.policies import is_superuser
from datasets.selectors import as_uuid
from datasets.services.tokens import create_token, digest, revoke_token


@action("api_token_create")
def api_token_create(user: User, data: Parameters) -> dict[str, str]:
    """A new token, shown this once. It expires after a year.

    user: its owner's name, your own unless you are a superuser; name: what it is for; scopes: "read", or "read write".
    """
    owner = _owner(user, required(data, "user", "user_id"))
    token, secret = create_token(user=owner, name=required(data, "name")[:100], scopes=data.get("scopes") or "read write")
    return {"token": secret, "id": str(token.uuid)}


@action("api_token_list", side_effect_free=True)
def api_token_list(user: User, data: Parameters) -> list[dict[str, Any]]:
    """Somebody's tokens, without their secrets.

    user_id (or user): your own name or id unless you are a superuser.
    """
    owner = _owner(user, required(data, "user_id", "user"))
    return [
        {
            "id": str(token.uuid),
            "name": token.name,
            "user_id": user_id(token.user_id),
            "created_at": naive_utc(token.created),
            "last_access": naive_utc(token.last_used),
        }
        for token in ApiToken.objects.filter(user=owner, revoked__isnull=True)
    ]


@action("api_token_revoke")
def api_token_revoke(user: User, data: Parameters) -> None:
    """Make a token useless from now on.

    jti: its id, or token: the token itself.
    """
    wanted = required(data, "jti", "token")
    key = as_uuid(wanted)
    token = ApiToken.objects.filter(**({"uuid": key} if key and data.get("jti") else {"digest": digest(wanted)})).first()
    if token is None:
        raise NotFound
    revoke_token(token=token, user=user)


def _owner(user: User, name_or_id: str) -> Any:
    if user.is_authenticated and name_or_id in (user.get_username(), user_id(user.pk)):
        return user
    if not is_superuser(user):
        raise NotAuthorized("User not authorized to manage this user's tokens")
    found = get_user_model().objects.filter(username=name_or_id, is_active=True).first()
    if found is None:
        raise NotFound("User not found")
    return found
