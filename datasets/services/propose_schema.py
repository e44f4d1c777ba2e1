"""A new version of the same table keeps what people already said about its columns."""

from collections.abc import Mapping
from typing import Any

MARKS = ("decimalChar", "groupChar")


def propose_schema(*, detected: Mapping[str, Any], known: Mapping[str, Any] | None, decimal: str | None = None) -> dict[str, Any]:
    """The detected Table Schema, in which each field that `known` (an earlier, confirmed one) has under the same name is as it was there.

    `decimal`: somebody said how numbers are written in this file, so their marks are as detected.
    When the columns are the same as before, schema-wide keys (missing values, primary key, foreign keys) are kept too.
    """
    if not known:
        return dict(detected)
    before = {field.get("name"): field for field in known.get("fields", [])}
    fields = [before.get(field.get("name"), field) for field in detected.get("fields", [])]
    if decimal:
        pairs = zip(fields, detected.get("fields", []), strict=True)
        fields = [{key: value for key, value in was.items() if key not in MARKS} | _marks(was, now) for was, now in pairs]
    same = {field.get("name") for field in fields} == set(before)
    return {**detected, **({key: value for key, value in known.items() if key != "fields"} if same else {}), "fields": fields}


def _marks(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {key: now[key] for key in MARKS if key in now and was.get("type") == now.get("type")}
