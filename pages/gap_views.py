"""What data each initiative has, lacks or has out of date, by district: who owes them, who asked."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from datasets.needs import STATES, Need, districts, needs
from pages.models import InitiativePage
from pages.selectors.listing import Item, all_in


def _initiatives(request: HttpRequest) -> list[Item]:
    return sorted(all_in(InitiativePage, get_language() or "km", request), key=lambda item: item.page.position)


def _places() -> list[tuple[str, str]]:
    """(code, name) of the columns: the whole province first."""
    script = "km" if get_language() == "km" else "latin"
    return [("", _("Whole province")), *((code, names[script]) for code, names in districts().items())]


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """Initiatives by district; each need with its state in a word and a shape."""
    found, places = needs(), _places()
    known = dict(places)

    def cell(number: str, code: str) -> list[Need]:
        # A place that is no district of ours counts for the whole province.
        at = [need for need in found if need.row.initiative == number]
        return [need for need in at if (need.row.spatial_code if need.row.spatial_code in known else "") == code]

    rows: list[dict[str, Any]] = [
        {"item": item, "cells": [(name, cell(item.page.number, code)) for code, name in places]} for item in _initiatives(request)
    ]
    totals = [(word, shape, sum(need.state == state for need in found)) for state, (word, shape) in STATES.items()]
    sample = any(need.row.is_sample for need in found)
    return render(request, "pages/gaps.html", {"rows": rows, "places": places, "totals": totals, "is_sample": sample})


@require_safe
def gap(request: HttpRequest, need: UUID) -> HttpResponse:
    """One need: what is missing, who owes it, who asked, and the dataset that answers it if there is one."""
    found = next((one for one in needs() if one.row.uuid == need), None)
    if found is None:
        raise Http404
    initiative = next((item for item in _initiatives(request) if item.page.number == found.row.initiative), None)
    place = dict(_places()).get(found.row.spatial_code, found.row.spatial_code)
    context = {"need": found, "row": found.row, "initiative": initiative, "place": place, "is_sample": found.row.is_sample}
    context["crumbs"] = [(_("Which data are missing"), f"/{get_language()}/gaps/")]
    return render(request, "pages/gap.html", context)
