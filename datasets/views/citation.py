"""How to cite a dataset so that a reader in ten years finds the same bytes (after APA 7, section 10.9)."""

from datetime import date

from django.conf import settings
from django.utils import dateformat, timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext as _

from datasets.models import Dataset, Resource, Version

from .addresses import version_path
from .speech import speak


def written_day(value: date) -> str:
    """A date as the active language writes it: 23 វិច្ឆិកា 2026, 23 November 2026, 2026年11月23日."""
    return dateformat.format(value, "Y年n月j日" if (get_language() or "").startswith("zh") else "j F Y")


def citation(dataset: Dataset, resource: Resource, version: Version | None = None) -> str:
    """One line of text: who, when, what, which version (else the current one), where, which bytes, seen when."""
    version = version or resource.current
    organization, _language = speak(dataset.organization, "title")
    title, _language = speak(dataset, "title")
    part, _language = speak(resource, "name")
    year = timezone.localtime((version and version.published) or dataset.modified).year
    words = [f"{organization or dataset.organization.name} ({year}). {title or dataset.name}"]
    if part and part != title:
        words.append(f": {part}")
    if version:
        words.append(" (" + _("version %(number)s") % {"number": version.number} + ")")
    words.append(" [" + _("Data set") + "]. " + gettext("Sihanoukville for All") + ". ")
    if dataset.source_name:
        words.append(_("Source: %(source)s.") % {"source": dataset.source_name} + " ")
    words.append(settings.SITE_URL.rstrip("/") + (version_path(version) if version else dataset.get_absolute_url()))
    if version:
        words.append(f" (SHA-256: {version.data_file.sha256})")
    words.append(". " + _("Accessed %(day)s.") % {"day": written_day(timezone.localdate())})
    return "".join(words)
