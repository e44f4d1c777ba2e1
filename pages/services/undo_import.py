"""Take a file of places back: what it made goes, what it changed is as it was."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pages.models import Place, PlaceImport
from pages.place_file import fill

from .import_places import NEEDED, rows_by_slug


@transaction.atomic
def undo_import(*, place_import: PlaceImport, user: Any) -> PlaceImport:
    """ValidationError where somebody has changed one of the places since: their work is not thrown away."""
    if not user.has_perms(NEEDED):
        raise PermissionDenied
    place_import = PlaceImport.objects.select_for_update().get(pk=place_import.pk)
    if place_import.undone:
        raise ValidationError(_("This import has been taken back already."))
    now = rows_by_slug(list(place_import.after))
    if changed := sorted(slug for slug, row in place_import.after.items() if now.get(slug) != row):
        raise ValidationError(_("Changed since, so not taken back: %(places)s.") % {"places": ", ".join(changed[:10])})
    for place in Place.objects.filter(slug__in=list(place_import.before)):
        row = place_import.before[place.slug]
        if row is None:
            place.delete()
        else:
            fill(place, row)
            place.save()
    place_import.undone = timezone.now()
    place_import.save(update_fields=["undone"])
    return place_import
