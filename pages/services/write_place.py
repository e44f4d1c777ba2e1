"""Writing a place from its content file."""

from decimal import Decimal
from typing import Any

from pages.content.files import LANGUAGES, Entry
from pages.models import Place
from pages.translation import PlaceTranslation


def write_place(*, slug: str, entry: Entry, is_sample: bool, refresh: bool = False) -> Place:
    """The place `slug`, made where it is missing (or again with `refresh`). ValidationError where the file breaks a rule for places."""
    place = Place.objects.filter(slug=slug).first()
    if place and not refresh:
        return place
    place = place or Place(slug=slug)
    place.kind = entry.required("kind")
    place.is_sample = is_sample
    place.phone = str(entry.get("phone") or "")
    place.latitude, place.longitude = (_degrees(entry.get(name)) for name in ("latitude", "longitude"))
    place.opening, place.commune_code = (str(entry.get(name) or "") for name in ("opening", "commune_code"))
    place.access, place.languages = (list(entry.get(name) or ()) for name in ("access", "languages"))
    for name in PlaceTranslation.fields:
        for language in LANGUAGES:
            setattr(place, f"{name}_{language.replace('-', '_')}", entry.text(entry.get(name), language))
    place.full_clean()
    place.save()
    return place


def _degrees(value: Any) -> Decimal | None:
    return None if value is None else round(Decimal(str(value)), 6)
