"""Places, and the guides whose review is overdue. Everything else people read is a Wagtail page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from pages.models import Place
from pages.models.place import PlaceKind
from pages.nearness import by_distance, commune_choices, communes, off_land, outline, place_map
from pages.selectors.records import at_place
from pages.selectors.reviews import overdue
from pages.street_map import place_features, street_map, with_tiles
from search.form_errors import unlisted


def place_list(request: HttpRequest) -> HttpResponse:
    """Places by kind; `kind` and `service` narrow the list, `commune` (a code) puts the nearest first."""
    language = get_language() or "km"
    asked = {name: request.GET.get(name, "") for name in ("kind", "service", "commune")}
    every = list(Place.objects.all())
    services = sorted({service for place in every for service in place.service_lines()})
    errors = unlisted(asked, {"kind": PlaceKind.values, "service": services, "commune": communes()})
    found = [place for place in every if not asked["kind"] or place.kind == asked["kind"]]
    found = [place for place in found if not asked["service"] or asked["service"] in place.service_lines()]
    commune = communes().get(asked["commune"])
    context = {
        "places": by_distance(found, commune.latitude, commune.longitude) if commune else found,
        "map": place_map(found),
        "streets": street_map(place_features(found)),
        "off_land": off_land(place.position for place in found if place.is_sample and place.position),
        "asked": asked,
        "commune": commune.name(language) if commune else "",
        "communes": commune_choices(language),
        "kinds": PlaceKind.choices,
        "services": services,
        "errors": errors,
        "noindex": any(asked.values()),
    }
    response = render(request, "pages/place_list.html", context, status=400 if errors else 200)
    return _fresh_for_a_minute(with_tiles(response, context["streets"]))


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: what it is, where, when it is open, what is on there and whom to ask."""
    found = get_object_or_404(Place, slug=slug)
    shape = outline() if found.position else None
    context = {
        "place": found,
        "is_sample": found.is_sample,
        "table": found.times.table(timezone.now()) if found.opening else [],
        "outline": shape,
        "point": shape and shape.point(float(found.latitude), float(found.longitude)),
        "streets": street_map(place_features([found])),
        "off_land": off_land([found.position]) if found.is_sample and found.position else 0,
        **at_place(found),
    }
    return _fresh_for_a_minute(with_tiles(render(request, "pages/place.html", context), context["streets"]))


def _fresh_for_a_minute(response: HttpResponse) -> HttpResponse:
    """“Open now” grows old: a script on the page corrects it, and nobody keeps the page for long."""
    patch_cache_control(response, public=True, max_age=60)
    return response


def reviews(request: HttpRequest) -> HttpResponse:
    """Which guides nobody has reviewed in time: readers have a right to know."""
    return render(request, "pages/reviews.html", {"overdue": overdue(get_language() or "km")})
