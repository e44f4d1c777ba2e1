"""The OpenAPI document is part of the contract: it changes only on purpose.

After a change on purpose: `UPDATE_OPENAPI=1 .venv/bin/pytest tests/portal/test_api_docs.py`, then read the difference and commit it.
What would break a client is refused unless it says `UPDATE_OPENAPI=breaking`.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

SNAPSHOT = Path(__file__).with_name("openapi.json")


def broken_by(new: dict[str, Any], old: dict[str, Any]) -> list[str]:
    """What somebody relies on in `old` and misses in `new`: addresses, parameters, fields; and parameters that have become required."""
    found = []
    for path, operations in old["paths"].items():
        for method, operation in operations.items():
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                found.append(f"{method} {path}")
                continue
            given = {one["name"] for one in operation.get("parameters", []) if not one.get("required")}
            taken = {one["name"]: one.get("required", False) for one in now.get("parameters", [])}
            found += [f"{method} {path} ?{name}" for name in given if taken.get(name) is not False]
    for name, schema in old["components"]["schemas"].items():
        now = new["components"]["schemas"].get(name, {}).get("properties", {})
        found += [f"{name}.{field}" for field in schema.get("properties", {}) if field not in now]
    return found


def test_what_would_break_a_client_is_told(client: Client, db: None) -> None:
    old = client.get("/api/v1/schema/").json()
    new = json.loads(json.dumps(old))
    assert broken_by(new, old) == []
    del new["components"]["schemas"]["Dataset"]["properties"]["title"]
    del new["paths"]["/api/v1/licences/"]
    pages = new["paths"]["/api/v1/pages/"]["get"]["parameters"]
    next(one for one in pages if one["name"] == "path")["required"] = True
    assert sorted(broken_by(new, old)) == ["Dataset.title", "get /api/v1/licences/", "get /api/v1/pages/ ?path"]


def test_the_openapi_document_is_the_one_we_published(client: Client, db: None) -> None:
    answer = client.get("/api/v1/schema/")
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi+json")
    document = answer.json()
    document["servers"] = [{"url": "http://localhost:8000"}]
    for operations in document["paths"].values():
        for operation in operations.values():
            del operation["responses"]["200"]["content"]["application/json"]["examples"]  # sample content is no promise
    published = json.loads(SNAPSHOT.read_text())
    if os.environ.get("UPDATE_OPENAPI") != "breaking":  # before anything leaves the contract, read “What may change” in docs/api.md
        assert broken_by(document, published) == []
    if os.environ.get("UPDATE_OPENAPI"):
        SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    assert document == json.loads(SNAPSHOT.read_text())


def test_every_operation_shows_an_answer_that_fits_its_schema(client: Client, db: None) -> None:
    document = client.get("/api/v1/schema/").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            content = operation["responses"]["200"]["content"]["application/json"]
            (example,) = content["examples"].values()
            assert example["summary"].startswith(f"{method.upper()} {path.partition('{')[0]}")
            schema = {**content["schema"], "components": document["components"]}
            problems = [
                error.message for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(example["value"])
            ]
            assert problems == [], path
    assert "ភូមិ" in client.get("/km/api/").content.decode()


def test_the_document_covers_our_routes_and_no_others(client: Client, db: None) -> None:
    document = client.get("/api/v1/schema/").json()
    assert document["openapi"].startswith("3.1")
    assert {"/api/v1/", "/api/v1/datasets/", "/api/v1/resources/{uuid}/rows/", "/api/v1/search/"} <= set(document["paths"])
    for path, operations in document["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in operations.values():
            assert operation["summary"], path
            assert "application/problem+json" in operation["responses"]["default"]["content"]


@pytest.mark.parametrize(("path", "language"), [("/km/api/", "km"), ("/en/api/", "en"), ("/zh-hans/api/", "zh-hans")])
def test_people_read_the_documentation_in_their_language(client: Client, db: None, path: str, language: str) -> None:
    answer = client.get(path)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in page
    assert "/api/v1/datasets/" in page
    assert "datastore_search" in page
    assert 'id="problem-not-found"' in page
    assert "<style" not in page


def test_the_short_address_of_the_documentation_answers_without_a_redirect(client: Client, db: None) -> None:
    assert client.get("/api/v1/docs/", headers={"Accept-Language": "en"}).status_code == 200
    assert client.get("/api/v1/docs").status_code == 200
