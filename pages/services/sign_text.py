"""A named person stands for a text in one language."""

from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from pages.models import BasePage


class NotPublished(Exception):
    """Only what readers see can be signed: publish the text first."""


@transaction.atomic
def sign_text(*, page: BasePage, name: str, user: Any) -> BasePage:
    """Put `name` under the published text of `page` (empty takes the signature away). NotPublished where readers see another text."""
    if not page.live or page.has_unpublished_changes:
        raise NotPublished
    page.reviewed_by = name.strip()
    revision = page.save_revision(user=user, log_action=False)
    revision.publish(user=user)
    log(instance=page, action="pages.sign", user=user, data={"name": page.reviewed_by})
    return page
