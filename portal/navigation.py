"""The links that stand on every page: one list for the pages and for front ends of others."""

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

MENU: tuple[tuple[str, Promise | str], ...] = (
    ("#topics", _("Topics")),
    ("place/", _("Places")),
    ("notices/", _("Public notices")),
    ("events/", _("Courses and events")),
    ("dataset/", _("Open data")),
    ("gaps/", _("Which data are missing")),
    ("quality/", _("How good the data are")),
    ("/api/v1/docs/", _("For developers: API")),
    ("about/", _("About")),
    ("accessibility/", _("Accessibility")),
    ("privacy/", _("Privacy")),
)


def menu() -> list[dict[str, str]]:
    """`title` and `url` (a path) of each link, in the active language."""
    language = get_language() or "km"
    return [{"title": str(title), "url": path if path.startswith("/") else f"/{language}/{path}"} for path, title in MENU]
