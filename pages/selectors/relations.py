"""Records that an editor chose: those that still exist, and that the public may see."""

from typing import Any

from django.db.models import Q
from wagtail.blocks import StreamValue

from pages.models.place import Place
from pages.nearness import by_distance, communes


def chosen(stream: StreamValue) -> list[Any]:
    """The records of a stream of choosers, in its order, without those deleted since."""
    return [block.value for block in stream if block.value is not None]


def public_datasets(stream: StreamValue) -> list[Any]:
    """The chosen datasets that anybody may see."""
    return [dataset for dataset in chosen(stream) if dataset.is_public]


def places_and_helpers(stream: StreamValue, kind: str, commune: str = "") -> tuple[list[Place], list[Place], list[Place]]:
    """The chosen places in their order, without those of `kind`; those of `kind`, else any three of that kind; and all of that kind.

    With the code of a commune, instead the three nearest to it of the kinds chosen, and the three nearest of `kind`.
    """
    keys = [block["value"] for block in stream.raw_data]
    point = communes().get(commune)
    wanted = Q(kind__in=Place.objects.filter(pk__in=keys).values("kind")) if point else Q(pk__in=keys)
    found = {place.pk: place for place in Place.objects.filter(wanted | Q(kind=kind))}
    every = [place for place in found.values() if place.kind == kind]
    if point:
        nearest = by_distance(found.values(), point.latitude, point.longitude)
        return [place for place in nearest if place.kind != kind][:3], [place for place in nearest if place.kind == kind][:3], every
    chosen = [found[key] for key in keys if key in found]
    helping = [place for place in chosen if place.kind == kind] or every[:3]
    return [place for place in chosen if place.kind != kind], helping, every
