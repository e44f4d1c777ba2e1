"""What was found beyond the schema: mends to be looked at and accepted, steps to be undone, holds to be decided about."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from datasets.finding_words import editions, mends_in_words, shown
from datasets.models import Outcome, Version
from datasets.policies import can_edit
from datasets.services.mends import mend_version, undo_mend
from datasets.services.publication import decide_hold
from datasets.tabular.findings.contract import SHOWN

from .screens import Screen, act_on_version, say_errors


def findings_panel(version: Version) -> dict[str, Any]:
    """The context of `parts/findings.html`."""
    findings = shown(version, held=False)
    return {
        "findings": findings,
        "mendable": any(found.mendable for found in findings),
        "holds": shown(version, held=True),
        "editions": editions(version),
        "mends": mends_in_words(version),
        "decisions": version.decisions.select_related("user"),
    }


class MendView(Screen):
    """What the ticked mends would do, cell by cell; accepted, they make a new version."""

    template_name = "datasets/admin/mend.html"
    page_title = gettext_lazy("Look at the mends")
    rule = staticmethod(can_edit)
    version: Version

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("catalogue_admin:version", self.version.uuid)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.wanted = request.POST.getlist("mend")
        if self.wanted and "accept" not in request.POST:
            return self.render_to_response(self.get_context_data())
        try:
            mends = [(column, kind) for kind, _colon, column in (value.partition(":") for value in self.wanted)]
            made = mend_version(version=self.version, mends=mends, user=request.user)
        except ValidationError as error:
            say_errors(request, error)
            return redirect("catalogue_admin:version", self.version.uuid)
        return redirect("catalogue_admin:version", made.uuid)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [one for one in shown(self.version, held=False, lines=SHOWN) if one.value in self.wanted]
        return super().get_context_data(findings=found, **kwargs)


@require_POST
def undo(request: HttpRequest, version: UUID, step: int) -> HttpResponse:
    """A new version without one of the steps."""
    done = _("This is a new version without that step. Confirm its columns; the earlier version stays.")
    return act_on_version(undo_mend, request, version, done, step=step)


@require_POST
def decide(request: HttpRequest, version: UUID) -> HttpResponse:
    """Let a held version go, or keep it back; the reason is kept with the name."""
    outcome = request.POST.get("outcome", "")
    done = _("It can be published now.") if outcome == Outcome.PUBLISH else _("It will not be published.")
    return act_on_version(decide_hold, request, version, done, outcome=outcome, reason=request.POST.get("reason", ""))
