"""A dataset in the formats reference managers import: BibTeX, RIS and CSL-JSON."""

import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from datasets.models import Dataset
from datasets.views.speech import speak

from .facts import identifier


def as_csl(dataset: Dataset) -> list[dict[str, Any]]:
    """CSL-JSON 1.0, in the active language."""
    published = timezone.localtime(dataset.first_published_at or dataset.created).date()
    title, language = speak(dataset, "title")
    author, _language = speak(dataset.organization, "title")
    found = {
        "id": dataset.name,
        "type": "dataset",
        "title": title or dataset.name,
        "author": [{"literal": author or dataset.organization.name}],
        "issued": {"date-parts": [[published.year, published.month, published.day]]},
        "publisher": _("Sihanoukville for All"),
        "URL": identifier(dataset),
        "language": language,
        "version": timezone.localtime(dataset.modified).date().isoformat(),
    }
    return [found]


def as_bibtex(dataset: Dataset) -> str:
    """One `@misc` entry, as BibTeX has none for data; double braces keep names and capitals as they are."""
    entry = as_csl(dataset)[0]
    fields = {
        "author": f"{{{_escaped(entry['author'][0]['literal'])}}}",
        "title": f"{{{_escaped(entry['title'])}}}",
        "year": entry["issued"]["date-parts"][0][0],
        "publisher": _escaped(entry["publisher"]),
        "url": entry["URL"],
        "note": _escaped(_("Data set")),
    }
    return f"@misc{{{dataset.name},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


def as_ris(dataset: Dataset) -> str:
    """One DATA record."""
    entry = as_csl(dataset)[0]
    lines = [
        ("TY", "DATA"),
        ("AU", entry["author"][0]["literal"]),
        ("TI", entry["title"]),
        ("PY", str(entry["issued"]["date-parts"][0][0])),
        ("PB", entry["publisher"]),
        ("UR", entry["URL"]),
        ("LA", entry["language"]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines)


def _escaped(text: str) -> str:
    return re.sub(r"([%#&$_{}])", r"\\\1", text)
