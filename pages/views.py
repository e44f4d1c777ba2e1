"""Places, and the guides whose review is overdue. Everything else people read is a Wagtail page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from pages.models import Place
from pages.selectors.reviews import overdue


def place_list(request: HttpRequest) -> HttpResponse:
    """Every place, by kind."""
    return render(request, "pages/place_list.html", {"places": Place.objects.all()})


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """One place: what it is, where, when it is open."""
    found = get_object_or_404(Place, slug=slug)
    return render(request, "pages/place.html", {"place": found, "is_sample": found.is_sample})


def reviews(request: HttpRequest) -> HttpResponse:
    """Which guides nobody has reviewed in time: readers have a right to know."""
    return render(request, "pages/reviews.html", {"overdue": overdue(get_language() or "km")})
