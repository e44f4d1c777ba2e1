"""A page's texts in other languages, as the public may see them."""

from collections.abc import Iterable

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction

from .addresses import LANGUAGES


def public_pages() -> QuerySet[Page]:
    """Every text that anybody may read: published, not private, and a text of its own.

    An alias is a copy of the source that wagtail-localize files under another language until the page is translated: not a text.
    """
    return Page.objects.live().filter(~Exists(_restrictions_above()), depth__gt=1, alias_of__isnull=True)


def _restrictions_above() -> QuerySet[PageViewRestriction]:
    """Restrictions on a page or on one it stands below, as part of the question itself: Wagtail's public() asks for them first."""
    above = Substr(OuterRef("path"), 1, Length("page__path"))
    return PageViewRestriction.objects.annotate(above=above).filter(page__path=F("above"))


def source_first(pages: QuerySet[Page]) -> QuerySet[Page]:
    """`pages` ordered by the language that stands in when another is missing: Khmer, English, Chinese."""
    rank = Case(
        *(When(locale__language_code=code, then=Value(number)) for number, code in enumerate(LANGUAGES)),
        default=Value(len(LANGUAGES)),
        output_field=IntegerField(),
    )
    return pages.annotate(language_rank=rank).order_by("language_rank")


def public_languages(page: Page) -> list[str]:
    """Codes of the languages in which `page` is published for everybody, Khmer first."""
    variants = public_pages().filter(translation_key=page.translation_key)
    return list(source_first(variants).values_list("locale__language_code", flat=True))


def best_variants(pages: Iterable[Page], language: str) -> list[Page]:
    """One page for each text among `pages`: the one in `language` where there is one, else the first source; in order of first sight."""
    best: dict[object, Page] = {}
    rank = {code: number for number, code in enumerate(LANGUAGES)} | {language: -1}
    for page in pages:
        known = best.get(page.translation_key)
        if known is None or rank.get(page.locale.language_code, 99) < rank.get(known.locale.language_code, 99):
            best[page.translation_key] = page
    return list(best.values())
