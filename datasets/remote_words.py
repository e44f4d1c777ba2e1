"""Why a file behind a link could not be fetched, in the reader's words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FAILURES: Mapping[str, Any] = {
    "bad-address": _("The link is not an address that can be opened. Correct it."),
    "bad-scheme": _("Only links that begin with https:// or http:// are fetched."),
    "no-host": _("There is no site called %(host)s. Check the link."),
    "private-address": _("%(host)s is inside a private network. Only files on the public internet are fetched; upload this one instead."),
    "unreachable": _("%(host)s does not answer. It is tried again at the next time."),
    "not-safe": _("%(host)s cannot prove who it is (its certificate is not valid). Tell its owner, or upload the file."),
    "too-slow": _("The other site was too slow. It is tried again at the next time."),
    "cut-off": _("The connection ended before the whole file had come. It is tried again at the next time."),
    "encoded": _("The other site packs its answer in a way that was not asked for (%(encoding)s). Upload the file instead."),
    "status": _("The other site answered with the error %(answer)s. Open the link in a browser and correct it."),
    "too-many-hops": _("The link leads on and on (more than %(limit)s times). Give the address at which the file really is."),
    "too-large": _("The file is larger than %(limit)s MB, the most that can be taken."),
    "no-rights": _("Whoever set this up may not edit the dataset any more. Save the link again in your name."),
}


def failure_in_words(problem: Mapping[str, Any]) -> str:
    """A `problem` of `Resource.fetched` in the active language; "" for none."""
    if not problem:
        return ""
    words = FAILURES.get(str(problem.get("code")))
    return str(words) % problem.get("context", {}) if words else gettext("The file could not be fetched.")
