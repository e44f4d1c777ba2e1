"""Which language a text of the catalogue is shown in: the reader's, else the next one that has it."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

KHMER = re.compile(r"[\u1780-\u17ff]")
LATIN_WORDS = re.compile(r"[A-Za-z]{2}.*\s.*[A-Za-z]{2}")
HAN = re.compile(r"[\u4e00-\u9fff]")


def language_of(text: str) -> str:
    """ "km" or "zh-hans" where the letters leave no doubt, else ""."""
    return "km" if KHMER.search(text) else "zh-hans" if HAN.search(text) else ""


def voice_of(text: str) -> str:
    """In which language to read it aloud, or "". Several Latin words are taken for English: another voice would spell them."""
    return language_of(text) or ("en" if LATIN_WORDS.search(text) else "")


def languages_to_try(first: str | None = None) -> list[str]:
    """The reader's language, then the others in the site's order."""
    codes = [code for code, _name in settings.LANGUAGES]
    wanted = first or get_language() or settings.LANGUAGE_CODE
    return ([wanted] if wanted in codes else []) + [code for code in codes if code != wanted]


def speak(thing: Any, field: str) -> tuple[str, str]:
    """(text, its language) of a translated field of a row, or of a language map in a mapping; ("", reader's) where no language has it."""
    texts: Mapping[str, str | None]
    if isinstance(thing, Mapping):
        value = thing.get(field) or {}
        texts = value if isinstance(value, Mapping) else {languages_to_try()[0]: str(value)}
    else:
        texts = {code: getattr(thing, f"{field}_{code.replace('-', '_')}", None) for code, _name in settings.LANGUAGES}
    for code in languages_to_try():
        if text := (texts.get(code) or "").strip():
            return text, code
    return "", languages_to_try()[0]
