"""An example for every operation of the OpenAPI document: what the sample city really answers, as `update_api_examples` last wrote it down.

`examples.json` holds `{operationId: {"request": "GET /api/v1/…", "answer": …}}`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Request and answer by operationId. Callers must not change them."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text()) if FILE.exists() else {}
    return found


def with_examples(result: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
    """drf-spectacular's postprocessing hook."""
    for operations in result["paths"].values():
        for operation in operations.values():
            example = examples().get(operation["operationId"])
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json")
            if example and content is not None:
                content["examples"] = {"sample": {"summary": example["request"], "value": example["answer"]}}
    return result


def shortened(value: Any) -> Any:
    """An answer that shows its form: lists of objects with one item, other lists with three, long texts and maps cut off."""
    if isinstance(value, dict):
        return {key: shortened(part) for key, part in list(value.items())[: 3 if len(value) > 60 else None]}
    if isinstance(value, list):
        return [shortened(part) for part in value[: 1 if value and isinstance(value[0], dict | list) else 3]]
    return f"{value[:160].rsplit(' ', 1)[0]} …" if isinstance(value, str) and len(value) > 200 and " " in value[:160] else value
