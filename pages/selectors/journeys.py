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
    """The public journeys that lead through `guide`. One question where there is none."""
    journeys = JourneyPage.objects.filter(pk__in=public_pages()).select_related("locale").order_by("path")
    stages = []
    for journey in items(journeys, language, request):
        chosen = journey.page.guides
        if guide.translation_key in [page.translation_key for page in chosen]:
            keys = [page.translation_key for page in chosen]
            found = items(public_pages().filter(translation_key__in=keys).select_related("locale"), language, request)
            guides = sorted(found, key=lambda item: keys.index(item.page.translation_key))
            keys = [item.page.translation_key for item in guides]
            at = keys.index(guide.translation_key)
            after = guides[at + 1] if at + 1 < len(guides) else None
            stages.append(Stage(journey, at + 1, len(guides), guides[at - 1] if at else None, after))
    return stages
