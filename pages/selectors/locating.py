"""The page at an address, as a browser would find it, without a browser."""

from django.db.models import Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Concat
from django.http import Http404
from wagtail.models import Page, Site

from pages.models import BasePage, HomePage
from pages.selectors.addresses import LANGUAGES

from .standing_in import moved_to, standing_in, translation_in
from .variants import public_pages, source_first


def text_at(language: str, below: str) -> BasePage | None:
    """The public text at this address, or the one that stands in for it; `below` is the path under a home page.

    Two questions to the database. None for what is not there, and for a text in this language that lives at another address.
    """
    roots = Site.objects.filter(is_default_site=True).values("root_page__translation_key")
    homes = Page.objects.filter(translation_key__in=roots).annotate(at=Concat(F("url_path"), Value(below), output_field=TextField()))
    translated = public_pages().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    texts = public_pages().filter(url_path__in=homes.values("at")).annotate(is_translated=Exists(translated)).select_related("locale")
    found = list(source_first(texts))
    own = [text for text in found if text.locale.language_code == language]
    if not own and (not found or found[0].is_translated):
        return None
    text = (own or found)[0]
    page: BasePage = text.specific
    page.locale = text.locale
    return page


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
