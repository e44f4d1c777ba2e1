"""Texts from a client that knows one language, put into the right column; and from one that sends a map of them."""

from typing import Any

from datasets.api.languages import COLUMNS, guess_language, source_language, source_text
from datasets.ckan.errors import ValidationError
from datasets.ckan.values import mapping, text


def text_columns(data: dict[str, Any], key: str, field: str, existing: Any, *, partial: bool) -> dict[str, str]:
    """The columns of `field` that `data` sets through `key` or `<key>_translated`.

    One text goes where the existing source text is, else into the language of its script. Where both come, as in a dump that is loaded
    again, the one that was changed counts. `partial`: a missing key leaves the columns alone; else they are emptied.
    """
    maps = _map(data, f"{key}_translated")
    given = key in data or f"{key}_translated" in data
    if partial and not given:
        return {}
    columns: dict[str, str] = {}
    if maps is not None:
        columns = {f"{field}_{column}": maps.get(code, "") for code, column in COLUMNS.items()}
    elif not partial and existing is not None:
        columns = {f"{field}_{column}": "" for column in COLUMNS.values()}
    single = text(data, key)
    if maps is None or (key in data and (existing is None or single != source_text(existing, field)) and single not in maps.values()):
        language = (source_language(existing, field) if existing is not None else None) or guess_language(single)
        columns[f"{field}_{COLUMNS[language]}"] = single
    return columns


def _map(data: dict[str, Any], key: str) -> dict[str, str] | None:
    found = mapping(data, key)
    if found is None:
        return None
    if not isinstance(found, dict) or any(code not in COLUMNS or not isinstance(value, str | None) for code, value in found.items()):
        raise ValidationError({key: [f"Must be an object of texts by language: {', '.join(COLUMNS)}"]})
    return {code: value or "" for code, value in found.items()}
