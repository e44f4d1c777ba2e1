"""A version on its way: being read, confirmed, checked, reported on, published."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from datasets.error_words import problem_in_words
from datasets.models import State, Version
from datasets.policies import can_edit
from datasets.reports import errors_of, findings, kinds, sentence
from datasets.services.publication import publish_version
from datasets.services.resources import offer_sheets, other_sheets
from datasets.services.versions import (
    confirm_version,
    is_confirmable,
    is_keepable,
    is_rereadable,
    keep_version,
    reread_version,
    revise_version,
)
from datasets.usage import broken_by
from datasets.views.attachments import harden

from .access import version_of
from .columns_form import ColumnsForm
from .finding_views import findings_panel
from .progress import progress_of
from .reading_form import ReadingForm
from .screens import Screen, act_on_version, say_errors

FIRST = 10  # errors shown in full before they are paged
PER_PAGE = 50


class VersionView(Screen):
    """One page for the whole way; what it shows follows the state. Without JavaScript it reloads itself while a task runs."""

    template_name = "datasets/admin/version.html"
    page_title = gettext_lazy("Version")
    version: Version
    columns: ColumnsForm | None = None
    reading: ReadingForm | None = None

    def get_page_title(self) -> str:
        return _("Version %(number)s") % {"number": self.version.number}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Columns are confirmed (default), the file is read in another way (`read-again`), or sheets are added (`offer-sheets`)."""
        try:
            if "offer-sheets" in request.POST:
                offer_sheets(version=self.version, sheets=request.POST.getlist("sheet"), user=request.user)
                return redirect("catalogue_admin:files", self.dataset.uuid)
            if "read-again" in request.POST:
                self.reading = self._reading(request.POST)
                if self.reading.is_valid():
                    reread_version(version=self.version, dialect=self.reading.dialect, user=request.user)
                    return redirect("catalogue_admin:version", self.version.uuid)
            else:
                self.columns = ColumnsForm(self.version.schema, request.POST)
                if self.columns.is_valid():
                    dialect, schema = self.version.dialect, self.columns.result
                    confirm_version(version=self.version, dialect=dialect, schema=schema, user=request.user)
                    return redirect("catalogue_admin:version", self.version.uuid)
                messages.error(request, _("Some columns are not described well. See below."))
        except ValidationError as error:
            say_errors(request, error)
        return self.render_to_response(self.get_context_data())

    def _reading(self, data: Any = None) -> ReadingForm:
        return ReadingForm(data, prefix="reading", detection=self.version.detection, dialect=self.version.dialect)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, user = self.version, self.request.user
        may_edit = can_edit(user, version)
        asked = version.state == State.DETECTED or "describe" in self.request.GET or self.columns is not None
        columns = self.columns or (
            ColumnsForm(version.schema) if may_edit and asked and is_confirmable(version) and version.schema else None
        )
        shows_reading = may_edit and is_rereadable(version) and (columns is not None or version.state == State.REFUSED)
        return super().get_context_data(
            progress=progress_of(version),
            columns=columns,
            reading=(self.reading or self._reading()) if shows_reading else None,
            sheets=other_sheets(version) if shows_reading else [],
            sample=version.detection.get("sample", [])[:10],
            names=[field.get("name") for field in version.schema.get("fields", [])],
            problem=problem_in_words(version.problem),
            breaks=broken_by(version) if version.is_publishable else [],
            warnings=[problem_in_words(found) for found in version.detection.get("problems", [])],
            keepable=may_edit and is_keepable(version),
            describable=may_edit and bool(version.schema) and (is_confirmable(version) or version.published is not None),
            **self._report(),
            **findings_panel(version),
            **kwargs,
        )

    def _report(self) -> dict[str, Any]:
        version = self.version
        if not version.report:
            return {}
        errors = errors_of(version)
        pages = Paginator(errors[FIRST:], PER_PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        return {
            "sentence": sentence(version, errors),
            "kinds": kinds(version),
            "first": findings(version, errors[:FIRST]) if page.number == 1 else [],
            "rest": findings(version, page.object_list),
            "page": page,
            "unlisted": max(0, version.error_count - len(errors)),
        }


@require_POST
def publish(request: HttpRequest, version: UUID) -> HttpResponse:
    """Publish; with errors only when the person ticked that they know."""
    found = version_of(request.user, version)
    live = found.resource.dataset.live
    done = _("Published.") if live else _("Accepted: it will be public when the dataset is published.")
    return act_on_version(publish_version, request, version, done, accept_errors=request.POST.get("accept_errors") == "yes")


@require_POST
def keep(request: HttpRequest, version: UUID) -> HttpResponse:
    """Offer the refused file as it is."""
    return act_on_version(keep_version, request, version, _("The file will be offered as it is, without a table."))


@require_POST
def revise(request: HttpRequest, version: UUID) -> HttpResponse:
    """Describe the columns of a published version anew, in a new version."""
    return act_on_version(revise_version, request, version, _("Describe the columns and have them checked."))


@require_safe
def report(request: HttpRequest, version: UUID) -> HttpResponse:
    """The report as frictionless writes it."""
    found = version_of(request.user, version)
    if not found.report:
        raise Http404
    response = JsonResponse(found.report, json_dumps_params={"ensure_ascii": False, "indent": 1})
    harden(response, filename=f"{found.filename}.report.json")
    return response


@require_safe
def original(request: HttpRequest, version: UUID) -> HttpResponseBase:
    """The bytes as they came, for members, published or not."""
    found = version_of(request.user, version)
    path = found.data_file.absolute_path
    if not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type="application/octet-stream")
    harden(response, filename=found.filename)  # of unknown origin: it never runs on our address, not even for its editors
    return response
