"""Places in bulk: the table out, a file in, first a report in words, then all of it or nothing, and back again."""

import csv
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from datasets.models import DataFile
from datasets.services.receive_file import receive_file
from pages.models import Place, PlaceImport
from pages.place_file import SHOWN, read_places
from pages.record_table import names_of, rows_of
from pages.services.place_imports import NEEDED, import_places, undo_import


class PlaceTableItem(MenuItem):
    """For those who may write places."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perms(NEEDED)


def menu_item() -> MenuItem:
    return PlaceTableItem(gettext_lazy("Places as a table"), reverse_lazy("pages_place_table"), icon_name="table", order=251)


def download(request: HttpRequest) -> HttpResponse:
    """Every place as CSV, with a byte order mark, so that Excel shows Khmer."""
    _require(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="places.csv"'
    csv.writer(response).writerows([names_of(Place), *rows_of(Place)])
    return response


def place_table(request: HttpRequest) -> HttpResponse:
    """Upload, report, write, undo: each step is a form on this one page."""
    _require(request)
    context: dict[str, Any] = {"imports": PlaceImport.objects.select_related("user")[:20], "most": SHOWN}
    try:
        if "undo" in request.POST:
            done = undo_import(place_import=get_object_or_404(PlaceImport, pk=request.POST["undo"]), user=request.user)
            messages.success(request, _("Taken back: %(file)s.") % {"file": done.filename})
            return redirect("pages_place_table")
        if "write" in request.POST:
            data_file = get_object_or_404(DataFile, sha256=request.POST["write"])
            done = import_places(data_file=data_file, filename=request.POST.get("filename", "")[:300], user=request.user)
            messages.success(request, _("Written: %(count)d places.") % {"count": len(done.after)})
            return redirect("pages_place_table")
        if file := request.FILES.get("file"):
            data_file = receive_file(stream=file, filename=file.name, user=request.user)
            context |= {"read": read_places(data_file, file.name), "data_file": data_file, "filename": file.name}
        elif request.method == "POST":
            messages.error(request, _("Choose a file first."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return render(request, "pages/admin/place_table.html", context)


def _require(request: HttpRequest) -> None:
    if not request.user.has_perms(NEEDED):
        raise PermissionDenied
