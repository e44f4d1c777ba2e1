"""What stands below a page, in the reader's language where it is published, in its source language otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Locale, Page

from .addresses import path_of
from .variants import best_variants, public_pages


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: the text shown, its own language, and its address in the reader's language."""

    page: Page
    language: str
    url: str


def items(pages: Iterable[Page], language: str, request: HttpRequest | None = None) -> list[Item]:
    """Each text among `pages` once: in `language` where it is published, else in its source language."""
    found = list(pages)
    missing = [page for page in found if not Page.locale.is_cached(page)]  # specific() forgets select_related
    locales = Locale.objects.in_bulk() if missing else {}
    for page in missing:
        page.locale = locales[page.locale_id]
    return [Item(page, page.locale.language_code, path_of(page, language, request)) for page in best_variants(found, language)]


def children_in(page: Page, language: str, request: HttpRequest | None = None) -> list[Item]:
    """What is published directly below `page` or one of its translations, in the order of the source tree.

    Translations are filed in the order in which they were made, so their own order says nothing.
    """
    parents = Page.objects.filter(translation_key=page.translation_key).order_by("path")
    children = public_pages().none()
    for parent in parents:
        children |= public_pages().child_of(parent)
    return items(children.order_by("path").specific().defer_streamfields(), language, request)


def all_in(model: type[Page], language: str, request: HttpRequest | None = None) -> list[Item]:
    """Every published page of `model`, wherever it stands, in the order of the source tree."""
    pages = model.objects.filter(pk__in=public_pages()).order_by("path").select_related("locale").defer_streamfields()
    return items(pages, language, request)


def chosen_in(pages: Iterable[Page | None], language: str, request: HttpRequest | None = None) -> list[Item]:
    """The published texts of `pages` (as an editor chose them, in whatever language), in the same order."""
    keys = [page.translation_key for page in pages if page]
    if not keys:
        return []
    variants = public_pages().filter(translation_key__in=keys).specific().defer_streamfields()
    found = {item.page.translation_key: item for item in items(variants, language, request)}
    return [found[key] for key in keys if key in found]
