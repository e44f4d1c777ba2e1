"""Drafts for a front end of others: whoever has the signed token of a preview reads that draft, for an hour, and nothing else."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from wagtail.models import Page

from pages.page_types import PAGE_TYPES, type_name

SECONDS = 3600
_signer = TimestampSigner(salt="pages.drafts")


def share_draft(*, page: Any, user: Any) -> str:
    """A token for `page` as it stands in `user`'s form, saved or not. The next draft of the page takes its place."""
    key = f"draft:{user.pk}:{type_name(page)}:{page.pk or 'new'}"
    cache.set(key, (type_name(page), page.to_json()), SECONDS)
    return _signer.sign(key)


def shared_draft(token: str) -> Page | None:
    """The newest draft under `token`; None where the token is made up, older than an hour, or the draft is gone."""
    try:
        found = cache.get(_signer.unsign(token, max_age=SECONDS))
    except BadSignature:
        return None
    return PAGE_TYPES[found[0]].from_json(found[1]) if found else None


def preview_address(*, page: Any, user: Any) -> str:
    """Where the other front end shows the draft: `HEADLESS_PREVIEW_URL` with `token` and `locale`."""
    mark = "&" if "?" in settings.HEADLESS_PREVIEW_URL else "?"
    query = urlencode({"token": share_draft(page=page, user=user), "locale": page.locale.language_code})
    return f"{settings.HEADLESS_PREVIEW_URL}{mark}{query}"
