"""Make a key useless."""

from typing import Any

from django.utils import timezone

from datasets.models import ApiToken
from datasets.policies import is_superuser, require


def revoke_token(*, token: ApiToken, user: Any) -> ApiToken:
    """The token, revoked from now on. PermissionDenied for somebody else's."""
    require(token.user_id == user.pk or is_superuser(user))
    if token.revoked is None:
        token.revoked = timezone.now()
        token.save(update_fields=["revoked"])
    return token
