"""What a check found, said once for the admin and the public page alike."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Version


def sentence(version: Version, errors: Sequence[Mapping[str, Any]]) -> str:
    """What the check found, in one sentence."""
    rows = version.row_count or 0
    if not version.error_count:
        text = ngettext("%(rows)s row was checked, and nothing is wrong.", "%(rows)s rows were checked, and nothing is wrong.", rows)
        return text % {"rows": f"{rows:,}"}
    numbers = {error["rowNumber"] for error in errors if error.get("rowNumber")}
    found = ngettext("%(errors)s error was found", "%(errors)s errors were found", version.error_count) % {
        "errors": f"{version.error_count:,}"
    }
    if numbers and len(errors) >= version.error_count:
        return _("%(found)s, in %(wrong)s of %(rows)s rows.") % {"found": found, "wrong": f"{len(numbers):,}", "rows": f"{rows:,}"}
    return _("%(found)s in a table of %(rows)s rows.") % {"found": found, "rows": f"{rows:,}"}
