"""Which journeys a guide belongs to, and what comes before and after it there."""

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.models import Page

from pages.models.journey import JourneyPage

from .listing import Item, items
from .variants import public_pages


@dataclass(frozen=True, slots=True)
class Stage:
    """A guide's place in a journey: `number` of `total`; `before` and `after` are its neighbours."""

    journey: Item
    number: int
    total: int
    before: Item | None
    after: Item | None


def stages_of(guide: Page, language: str, request: HttpRequest | None = None) -> list[Stage]:
    """The public journeys that lead through `guide`. One question to the database, and one for each journey."""
    journeys = JourneyPage.objects.filter(pk__in=public_pages()).select_related("locale").order_by("path")
    stages = []
    for journey in items(journeys, language, request):
        # The keys as they are stored: one question for all of them, in all languages.
        chosen = [item["value"] for step in journey.page.steps.raw_data for item in step["value"]["guides"]]
        texts = Page.objects.filter(pk__in=chosen).values("translation_key")
        variants = list(public_pages().filter(translation_key__in=texts).select_related("locale"))
        place = {page.translation_key: chosen.index(page.pk) for page in variants if page.pk in chosen}
        if guide.translation_key in place:
            guides = sorted(items(variants, language, request), key=lambda item: place.get(item.page.translation_key, len(chosen)))
            at = [item.page.translation_key for item in guides].index(guide.translation_key)
            after = guides[at + 1] if at + 1 < len(guides) else None
            stages.append(Stage(journey, at + 1, len(guides), guides[at - 1] if at else None, after))
    return stages
