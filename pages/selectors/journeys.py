"""Which journeys a guide belongs to, and what comes before and after it there."""

from dataclasses import dataclass
from typing import Any

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


def stages_of(guide: Any, language: str, request: HttpRequest | None = None) -> list[Stage]:
    """The public journeys that lead through `guide`. Two questions to the database, however many journeys there are."""
    journeys = items(JourneyPage.objects.filter(pk__in=public_pages()).select_related("locale").order_by("path"), language, request)
    # The keys as they are stored: one question for all guides of all journeys, in all languages.
    chosen = {
        journey.page.pk: [item["value"] for step in journey.page.steps.raw_data for item in step["value"]["guides"]] for journey in journeys
    }
    mine = {text.pk for text in guide.family if text.translation_key == guide.translation_key}
    journeys = [journey for journey in journeys if mine.intersection(chosen[journey.page.pk])]
    if not journeys:
        return []
    texts = Page.objects.filter(pk__in={key for journey in journeys for key in chosen[journey.page.pk]}).values("translation_key")
    variants = list(public_pages().filter(translation_key__in=texts).select_related("locale"))
    key_of = {page.pk: page.translation_key for page in variants}
    shown = {item.page.translation_key: item for item in items(variants, language, request)}
    stages = []
    for journey in journeys:
        guides = list(dict.fromkeys(key_of[key] for key in chosen[journey.page.pk] if key in key_of))
        if guide.translation_key in guides:
            at = guides.index(guide.translation_key)
            after = shown[guides[at + 1]] if at + 1 < len(guides) else None
            stages.append(Stage(journey, at + 1, len(guides), shown[guides[at - 1]] if at else None, after))
    return stages
