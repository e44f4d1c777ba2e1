"""The page at an address, as a browser would find it, without a browser."""

from django.http import Http404

from pages.models import BasePage, HomePage
from pages.selectors.addresses import LANGUAGES

from .standing_in import moved_to, standing_in, translation_in
from .variants import public_pages


def page_at(path: str) -> tuple[BasePage, str]:
    """(page, language of the path). Http404 where the public finds nothing. The page may be in another language than the path."""
    language, *components = [part for part in path.split("?")[0].split("/") if part] or [""]
    home = HomePage.objects.live().filter(locale__language_code=language).order_by("path").first()
    if home is None or language not in LANGUAGES:
        raise Http404
    below = "".join(f"{component}/" for component in components)
    page = public_pages().filter(url_path=home.url_path + below).first() or standing_in(home, components)
    if page is None:
        address = moved_to(language, components)
        if address is None or address == path:
            raise Http404
        return page_at(address)
    page = page if page.locale_id == home.locale_id else (translation_in(page, home) or page)
    return page.specific, language
