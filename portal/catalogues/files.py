"""Catalogues on disk: read, brought up to date with the messages in use, checked, compiled."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polib
from django.conf import settings

from .messages import Message

LOCALES = ("km", "zh_Hans")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sdfi]|%[sd]|\{\w*\}")


def catalogues() -> list[tuple[str, Path]]:
    """Each locale with its catalogue."""
    return [(locale, path_of(locale, Path(folder))) for folder in settings.LOCALE_PATHS for locale in LOCALES]


def path_of(locale: str, folder: Path) -> Path:
    """Where the catalogue of a locale lies in a `LOCALE_PATHS` folder."""
    return folder / locale / "LC_MESSAGES" / "django.po"


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside a .po if it is older or absent; True when written. Fuzzy and empty entries stay in English."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return False
    unfinished = target.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(path)).save_as_mofile(str(unfinished))
    os.replace(unfinished, target)  # a running server reads the old file or the new one, never half of one
    return True


def _entries(catalogue: polib.POFile) -> dict[tuple[str, str], polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in catalogue if not entry.obsolete}


def update_catalogue(path: Path, messages: Mapping[Message, Iterable[str]]) -> tuple[int, int]:
    """Add messages newly in use (untranslated) and drop those no longer used; returns (added, dropped)."""
    catalogue = polib.pofile(str(path), wrapwidth=100)
    known = _entries(catalogue)
    fresh = polib.POFile(wrapwidth=100)
    fresh.metadata = catalogue.metadata
    added = 0
    for message, files in messages.items():
        entry = known.pop((message.context, message.text), None)
        if entry is None or bool(entry.msgid_plural) != bool(message.plural):
            entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
            if message.plural:
                entry.msgid_plural, entry.msgstr_plural = message.plural, {0: ""}
            added += 1
        entry.occurrences = [(file, "") for file in files]
        fresh.append(entry)
    fresh.save(str(path))
    return added, len(known)


def _translations(entry: polib.POEntry) -> list[str]:
    return [str(text) for text in entry.msgstr_plural.values()] if entry.msgid_plural else [str(entry.msgstr)]


def problems(path: Path, messages: Mapping[Message, Iterable[str]]) -> Iterator[str]:
    """One sentence for each message that is missing, untranslated, fuzzy, no longer used, or whose placeholders differ."""
    known = _entries(polib.pofile(str(path)))
    for message, files in messages.items():
        where = f"{message.text!r} ({', '.join(files)})"
        entry = known.pop((message.context, message.text), None)
        if entry is None or (message.plural and entry.msgid_plural != message.plural):
            yield f"missing: {where}"
        elif entry.fuzzy:
            yield f"fuzzy: {where}"
        elif not all(_translations(entry)):
            yield f"untranslated: {where}"
        else:
            # A singular may leave its number out ("one file"); the plural names every placeholder there is.
            wanted = set(_PLACEHOLDER.findall(message.plural or message.text))
            for text in _translations(entry):
                if set(_PLACEHOLDER.findall(text)) != wanted:
                    yield f"placeholders differ: {where}"
                if "\u200b" in text or text != unicodedata.normalize("NFC", text):
                    yield f"not clean Unicode (U+200B, or not NFC): {where}"
    for _, text in known:
        yield f"no longer used: {text!r}"
