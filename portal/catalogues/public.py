"""The words of the public interface, for front ends of others: those that stand in templates which readers see."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polib
from django.conf import settings

from .files import path_of

_SEEN_BY_READERS = re.compile(r"^(portal|pages|datasets|search)/templates/(?!.*/admin/)|^portal/navigation\.py")
_CATALOGUES = {"km": "km", "en": "km", "zh-hans": "zh_Hans"}  # English is what the catalogues translate from


@cache
def public_strings(language: str) -> Mapping[str, str]:
    """English text -> text in `language`; placeholders stay as they are: %(count)s."""
    catalogue = polib.pofile(str(path_of(_CATALOGUES[language], Path(settings.LOCALE_PATHS[0]))))
    found: dict[str, str] = {}
    for entry in catalogue:
        if entry.obsolete or entry.msgctxt or not any(_SEEN_BY_READERS.match(where) for where, _line in entry.occurrences):
            continue
        single, several = entry.msgstr or entry.msgstr_plural.get(0, ""), entry.msgstr_plural.get(0, "")
        found[entry.msgid] = entry.msgid if language == "en" else single
        if entry.msgid_plural:
            found[entry.msgid_plural] = entry.msgid_plural if language == "en" else several
    return dict(sorted(found.items()))
