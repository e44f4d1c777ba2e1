"""Write a file of places: all of it or nothing, and in a way that can be taken back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from datasets.models import DataFile
from pages.models import Place, PlaceImport
from pages.place_file import read_places
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
    before: dict[str, Any] = dict.fromkeys(slugs) | rows_by_slug(slugs)
    for change in read.changes:
        change.place.save()
    return PlaceImport.objects.create(data_file=data_file, filename=filename, user=user, before=before, after=rows_by_slug(slugs))


def rows_by_slug(slugs: list[str]) -> dict[str, dict[str, str]]:
    """Places as they stand in the table, by their address."""
    names = names_of(Place)
    return {place.slug: dict(zip(names, map(str, cells(place)), strict=True)) for place in Place.objects.filter(slug__in=slugs)}
