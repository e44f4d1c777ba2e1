"""The public registers: commitments, notices, courses and events, ambassadors. One list, one page, one feed and one calendar for all."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls.converters import StringConverter
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from datasets.models import Dataset
from datasets.views.feeds import ENTRIES, atom
from pages.calendars import calendar
from pages.models import RECORDS, InitiativePage, Record
from pages.nearness import off_land, outline
from pages.selectors.addresses import absolute
from pages.selectors.listing import Item, all_in
from pages.selectors.records import narrowed, unlisted_in
from pages.street_map import feature, place_features, street_map, with_tiles

ABOUT: dict[str, tuple[Any, Any]] = {
    "commitments": (_("Commitments"), _("What organizations have promised for the thirteen initiatives, until when, and what came of it.")),
    "notices": (_("Public notices"), _("What authorities are going to decide about land and environment, and until when you can object.")),
    "events": (_("Courses and events"), _("What you can go to: when, where, in which language, and what it costs.")),
    "ambassadors": (_("Digital City Ambassadors"), _("People who help others with computers and phones, and where to find them.")),
}


class RegisterConverter(StringConverter):
    """The registers by name, in addresses."""

    regex = "|".join(RECORDS)

    def to_python(self, value: str) -> type[Record]:
        return RECORDS[value]


@require_safe
def record_list(request: HttpRequest, register: type[Record]) -> HttpResponse:
    """The records of a register, what comes next first, narrowed by its filters."""
    rows, filters = narrowed(register, request.GET.dict())
    title, lead = ABOUT[register.register]
    errors = unlisted_in(filters)
    context = {
        "register": register.register,
        "title": title,
        "lead": lead,
        "rows": rows,
        "errors": errors,
        "filters": [one for one in filters if len(one.choices) > 1 or one.asked],
        "dataset": Dataset.objects.filter(name=register.register, live=True, private=False, deleted_at=None).first(),
        "has_calendar": any(row.moments() for row in rows),
        "is_sample": any(row.is_sample for row in rows),
        "noindex": any(one.asked for one in filters),
    }
    return render(request, "pages/record_list.html", context, status=400 if errors else 200)


@require_safe
def record(request: HttpRequest, register: type[Record], slug: str) -> HttpResponse:
    """One record: its state, its days, where it is, and whom to turn to."""
    row = get_object_or_404(register.public(), slug=slug)
    area, place = getattr(row, "area", None), getattr(row, "place", None)
    features = [feature(area)] if area else place_features([place] if place else [])
    area = features[0]["geometry"] if features else None
    context = {
        "row": row,
        "facts": [(label, words) for label, words in row.facts() if words],
        "sessions": [moment for moment in row.moments() if moment[1]],
        "outline": outline() if area else None,
        "shape": outline().shape(area) if area else None,
        "streets": street_map(features),
        "off_land": off_land([area]) if area and row.is_sample else 0,
        "initiative": _initiative(request, row.initiative),
        "crumbs": [(ABOUT[row.register][0], f"/{get_language()}/{row.register}/")],
        "is_sample": row.is_sample,
    }
    return with_tiles(render(request, "pages/record.html", context), context["streets"])


@require_safe
def record_feed(request: HttpRequest, register: type[Record]) -> HttpResponse:
    """The records added last, as Atom."""
    entries = [
        {
            "title": row.title,
            "link": absolute(row.get_absolute_url()),
            "description": row.description,
            "unique_id": absolute(f"/{row.register}/{row.slug}/"),
            "pubdate": row.created,
            "updateddate": row.modified,
            "author_name": row.organization and row.organization.title,
            "categories": [gettext("sample")] if row.is_sample else [],
        }
        for row in register.public().order_by("-created", "-pk")[:ENTRIES]
    ]
    return atom(request, str(ABOUT[register.register][0]), absolute(f"/{get_language()}/{register.register}/"), entries)


@require_safe
def record_calendar(request: HttpRequest, register: type[Record], slug: str = "") -> HttpResponse:
    """All days of a register, or of one record, for a calendar; 404 where there are none."""
    rows = register.public().filter(slug=slug) if slug else register.public()
    if not any(row.moments() for row in rows):
        raise Http404
    return calendar(str(ABOUT[register.register][0]), rows, slug or register.register)


def _initiative(request: HttpRequest, number: str) -> Item | None:
    found = all_in(InitiativePage, get_language() or "km", request) if number else []
    return next((item for item in found if item.page.number == number), None)
