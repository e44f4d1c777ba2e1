"""The results page. Asks the index, hardly the database; who looks for what is written down nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from .asked import SORTS, Asked, Choices
from .helping import nearest_topics
from .outcomes import Stale, read_stamp, stamp
from .query import DEEPEST, Hit, Query, Results, SearchUnavailable
from .reading import read
from .registry import facet
from .selectors import search
from .services.count_outcome import count_outcome
from .spelling import did_you_mean
from .tree import text_of

PER_PAGE = 20
# With no more results than this a question may be misspelt even if something is spelt the same.
FEW = 3
SORT_LABELS = {"relevance": _("Best match"), "modified": _("Newest first"), "title": _("By title"), "size": _("Largest first")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit with the words of where it lives, and the languages to warn of: of its texts, and of the passage that matched."""

    hit: Hit
    kind: str
    places: Sequence[str]
    only_in: Sequence[str]
    matched_in: str


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`?q=&kind=&topic=&organization=&format=&language=&sort=&page=`."""
    asked = Asked.of(request.GET)
    language = get_language() or "km"
    number = _page_number(request)
    context: dict[str, Any] = {"asked": asked, "noindex": True, "errors": asked.errors}
    query = asked.query(language=language, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    try:
        found = search(query)
        context |= _help(query, asked, found)
    except SearchUnavailable:
        response = render(request, "search/unavailable.html", context, status=503)
        response["Retry-After"] = "30"
        return response
    page = Paginator(range(min(found.total, DEEPEST)), PER_PAGE).get_page(number)
    if page.number != number:
        return redirect(f"{request.path}?{asked.address()}&page={page.number}".replace("?&", "?"))
    choices = asked.choices(found, language)
    labels = {(group.name, choice.value): choice.label for group in choices for choice in group.values}
    context |= {
        "found": found,
        "hits": [_shown(hit, labels, language) for hit in found.hits],
        "choices": _useful(choices, found.total),
        "chosen": [
            (facet(name).label, labels[name, value], asked.address(without=(name, value)))
            for name, values in asked.chosen.items()
            for value in values
        ],
        "sorts": [(name, SORT_LABELS[name], name == asked.sort) for name in SORTS],
        "page_obj": page,
        "query": asked.address(),
        "stamp": stamp(asked, found, language) if number == 1 else "",
    }
    return render(request, "search/results.html", context)


@csrf_exempt  # in the place of a cookie stands the stamp
@require_POST
def outcome(request: HttpRequest) -> HttpResponse:
    """The script of a results page says: it was shown (`stamp`), or a result was opened (`clicked` too)."""
    try:
        question, language, hits = read_stamp(request.POST.get("stamp", ""))
    except Stale:
        return HttpResponse(status=400)
    if request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin":
        count_outcome(question=question, language=language, hits=hits, clicked="clicked" in request.POST)
    return HttpResponse(status=204)


def _help(query: Query, asked: Asked, found: Results) -> dict[str, Any]:
    """What may lead on: a better spelling, near topics, and the question without filters or signs."""
    if not query.text:
        return {}
    helpful: dict[str, Any] = {}
    if meant := found.corrected or ("" if found.relaxed or found.whole > FEW else did_you_mean(query)):
        helpful = {"meant": meant, "meant_address": asked.address(text=meant)}
    if not found.total or found.relaxed:
        helpful["topics"] = nearest_topics(query)
    if not found.total:
        if query.filters:
            helpful["unfiltered"] = search(replace(query, filters={}, facets=(), offset=0, limit=0)).total
        plain = text_of(read(query.text))
        helpful["plain"] = plain if plain != query.text else ""
    return helpful


def _page_number(request: HttpRequest) -> int:
    page = request.GET.get("page", "1")
    return min(max(1, int(page)), DEEPEST // PER_PAGE) if page.isascii() and page.isdigit() and len(page) < 6 else 1


def _useful(choices: list[Choices], total: int) -> list[Choices]:
    """Without the values that all results have: choosing one would change nothing."""
    useful = []
    for group in choices:
        narrowed = any(choice.chosen for choice in group.values)
        if values := [choice for choice in group.values if narrowed or choice.count < total]:
            useful.append(replace(group, values=values))
    return useful


def _shown(hit: Hit, labels: dict[tuple[str, str], str], language: str) -> Shown:
    places = [labels[name, value] for name in ("organization", "topic") for value in hit.facets.get(name, ()) if (name, value) in labels]
    formats = [labels.get(("format", value), value) for value in hit.facets.get("format", ())]
    kind = labels.get(("kind", hit.kind)) or facet("kind").labels([hit.kind], language)[hit.kind]
    only_in = [] if language in hit.languages else hit.languages
    elsewhere = hit.excerpt_language not in (language, hit.language) and "<mark>" in hit.excerpt_html
    return Shown(hit, kind, places + formats, only_in, hit.excerpt_language if elsewhere else "")
