"""Write a file of places, all of it or nothing, and take it back: what it made goes, what it changed is as it was."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.models import DataFile
from pages.models import Place, PlaceImport
from pages.place_file import fill, read_places
from pages.record_table import cells, names_of

NEEDED = ("pages.add_place", "pages.change_place")


@transaction.atomic
def import_places(*, data_file: DataFile, filename: str, user: Any) -> PlaceImport:
    """The file is read once more, so what is written is what holds now. ValidationError where it has errors or changes nothing."""
    if not user.has_perms(NEEDED):
        raise PermissionDenied
    read = read_places(data_file, filename)
    if read.errors or not read.changes:
        raise ValidationError(read.errors[0][1] if read.errors else _("The file changes nothing."))
    slugs = [change.place.slug for change in read.changes]
    before: dict[str, Any] = dict.fromkeys(slugs) | _rows_by_slug(slugs)
    for change in read.changes:
        change.place.save()
    return PlaceImport.objects.create(data_file=data_file, filename=filename, user=user, before=before, after=_rows_by_slug(slugs))


@transaction.atomic
def undo_import(*, place_import: PlaceImport, user: Any) -> PlaceImport:
    """ValidationError where somebody has changed one of the places since: their work is not thrown away."""
    if not user.has_perms(NEEDED):
        raise PermissionDenied
    place_import = PlaceImport.objects.select_for_update().get(pk=place_import.pk)
    if place_import.undone:
        raise ValidationError(_("This import has been taken back already."))
    now = _rows_by_slug(list(place_import.after))
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


def _rows_by_slug(slugs: list[str]) -> dict[str, dict[str, str]]:
    """Places as they stand in the table, by their address."""
    names = names_of(Place)
    return {place.slug: dict(zip(names, map(str, cells(place)), strict=True)) for place in Place.objects.filter(slug__in=slugs)}
