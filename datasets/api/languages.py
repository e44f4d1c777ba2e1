"""Texts with a column per language: the source text, and the map of all of them."""

from typing import Any

COLUMNS = {"km": "km", "en": "en", "zh-hans": "zh_hans"}


def translations(instance: Any, field: str) -> dict[str, str]:
    """The texts that are there, by language code: `{"km": "…", "en": "…"}`."""
    texts = {code: getattr(instance, f"{field}_{column}", None) or "" for code, column in COLUMNS.items()}
    return {code: text for code, text in texts.items() if text}


def source_text(instance: Any, field: str, *, first: str = "km") -> str:
    """One text whoever asks: that of `first` if there is one, else of the first language that has it; "" without any."""
    texts = translations(instance, field)
    return texts.get(first) or next(iter(texts.values()), "")


def source_language(instance: Any, field: str) -> str | None:
    """The language of `source_text`."""
    return next(iter(translations(instance, field)), None)


def guess_language(text: str) -> str:
    """The language a text from a client without languages is written in, by its script: Khmer, Chinese, else English."""
    if any("\u1780" <= sign <= "\u17ff" for sign in text):
        return "km"
    if any("\u4e00" <= sign <= "\u9fff" for sign in text):
        return "zh-hans"
    return "en"
