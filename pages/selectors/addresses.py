"""One address per page in all languages: only the language prefix differs, because slugs are shared."""

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
NATIVE_NAMES = dict(settings.LANGUAGES)


def in_language(path: str, language: str) -> str:
    """`path` with its language prefix replaced: /km/health/ → /en/health/. A path without prefix is returned as it is."""
    first, slash, rest = path.removeprefix("/").partition("/")
    return f"/{language}/{rest}" if slash and first in LANGUAGES else path


def path_of(page: Page, language: str, request: HttpRequest | None = None) -> str:
    """Where `page` is read in `language`: its translation, or itself under a notice. Empty for a page outside the site."""
    parts = page.get_url_parts(request)
    return in_language(parts[2], language) if parts and parts[2] else ""


def absolute(path: str) -> str:
    """`path` on the portal's own origin."""
    return settings.SITE_URL.rstrip("/") + path
