"""When the public guides were looked at, and which are overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone

from pages.models import GuidePage, HealthGuide, RightsGuide, ServiceGuide

from .addresses import path_of
from .listing import Item, items
from .variants import public_pages


def _guides() -> Iterator[GuidePage]:
    for model in (RightsGuide, ServiceGuide, HealthGuide):
        yield from model.objects.filter(pk__in=public_pages()).order_by("path").select_related("locale").defer_streamfields()


def guides_with_care() -> list[tuple[GuidePage, str]]:
    """Every public guide in each language, with its path, in the order of the paths."""
    return sorted(((page, path_of(page, page.locale.language_code)) for page in _guides()), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Overdue:
    """`since`: the day its review was due; None where it has never been reviewed."""

    item: Item
    since: date | None


def overdue(language: str) -> list[Overdue]:
    """Guides whose review is overdue, longest first, then those never reviewed; each once, in the reader's language where published."""
    today = timezone.localdate()
    found = []
    for item in items(chain(_guides()), language):
        page = item.page
        if page.next_review and page.next_review < today:
            found.append(Overdue(item, page.next_review))
        elif not page.reviewed_on:
            found.append(Overdue(item, None))
    return sorted(found, key=lambda entry: entry.since or date.max)
