"""What this server is, and what each action does."""

from typing import Any

from django.conf import settings

from datasets.ckan.errors import NotFound
from datasets.ckan.registry import Parameters, User, action, find
from datasets.ckan.values import required

CKAN_VERSION = "2.12.0"  # the version whose answers ours have the shape of; clients test it
EXTENSIONS = ["datastore"]


@action("status_show", side_effect_free=True)
def status_show(user: User, data: Parameters) -> dict[str, Any]:
    """What this site is and which CKAN it answers like.

    No parameters. `ckan_version` names the version whose Action API this one follows; `extensions` lists what it also speaks.
    """
    return {
        "site_title": settings.WAGTAIL_SITE_NAME,
        "site_description": "",
        "site_url": settings.SITE_URL,
        "error_emails_to": "",
        "locale_default": settings.LANGUAGE_CODE,
        "extensions": EXTENSIONS,
        "ckan_version": CKAN_VERSION,
    }


@action("site_read", side_effect_free=True)
def site_read(user: User, data: Parameters) -> bool:
    """Always true: very old clients ask before anything else."""
    return True


@action("help_show", side_effect_free=True)
def help_show(user: User, data: Parameters) -> str | None:
    """The text you are reading, for any action.

    name: the action's name.
    """
    found = find(required(data, "name"))
    if found is None:
        raise NotFound
    return found.help
