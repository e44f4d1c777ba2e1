"""A new version of the same table keeps what people already said about its columns."""

from collections.abc import Mapping
from typing import Any


def propose_schema(*, detected: Mapping[str, Any], known: Mapping[str, Any] | None) -> dict[str, Any]:
    """The detected Table Schema, in which each field that `known` (an earlier, confirmed one) has under the same name is as it was there.

    When the columns are the same as before, schema-wide keys (missing values, primary key, foreign keys) are kept too.
    """
    if not known:
        return dict(detected)
    before = {field.get("name"): field for field in known.get("fields", [])}
    fields = [before.get(field.get("name"), field) for field in detected.get("fields", [])]
    same = {field.get("name") for field in fields} == set(before)
    return {**detected, **({key: value for key, value in known.items() if key != "fields"} if same else {}), "fields": fields}
