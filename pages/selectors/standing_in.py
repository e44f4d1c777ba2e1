"""Which page answers under an address in a language in which it is not, or not publicly, translated."""

from collections.abc import Sequence

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from .addresses import LANGUAGES, path_of
from .variants import public_pages, source_first


def standing_in(home: Page, components: Sequence[str]) -> Page | None:
    """The public text at the same address in another language, Khmer before English before Chinese; None where there is none.

    `home` is the home page of the reader's language, `components` the path below it.
    """
    homes = Page.objects.filter(translation_key=home.translation_key).exclude(pk=home.pk).values_list("url_path", flat=True)
    below = "".join(f"{component}/" for component in components)
    pages = public_pages().filter(url_path__in=[url_path + below for url_path in homes])
    found = source_first(pages).select_related("locale").first()
    if found is None:
        return None
    page = found.specific
    page.locale = found.locale
    return page


def translation_in(page: Page, home: Page) -> Page | None:
    """The public translation of `page` in the language of `home`, if there is one (it may live at another address)."""
    return public_pages().filter(translation_key=page.translation_key, locale_id=home.locale_id).first()


def moved_to(language: str, components: Sequence[str]) -> str | None:
    """Where a page that left this address, in whatever language, is read now in `language`."""
    old_paths = ["/" + "/".join([code, *components]) for code in LANGUAGES]
    redirect = Redirect.objects.filter(old_path__in=old_paths, redirect_page__isnull=False).select_related("redirect_page").first()
    if redirect is None or not public_pages().filter(pk=redirect.redirect_page_id).exists():
        return None
    return path_of(redirect.redirect_page, language) or None
