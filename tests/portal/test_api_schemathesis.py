"""schemathesis asks every operation of the OpenAPI document whatever fits it, and what does not, and finds nothing wrong.

`SCHEMATHESIS_EXAMPLES=100 .venv/bin/pytest tests/portal/test_api_schemathesis.py` asks more.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import FailureGroup

from tests.datasets.ckan.conftest import City, city  # noqa: F401

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "6"))
schemathesis.checks.load_all_checks()
PLAIN = {"Accept-Encoding": "identity"}
CHECKS = schemathesis.checks.CHECKS.get_all()
# Values of parameters that name columns and tables, which only the data know; of pages' `fields` those that lists have too.
TRUE = {
    "rows": {
        "columns": ["code,population", "name_km"],
        "sort": ["-population,code", "name_en"],
        "facet": [["poor"], ["poor", "surveyed"]],
        "groupby": ["poor", "poor,surveyed"],
        "aggregate": ["count", "count:code,sum:population,max:share"],
        "<column>__<operator>": [],
        "after": ["2"],
    },
    "join": {"column": ["code"], "with": [], "with_column": []},
    "sql": {"q": ['SELECT count(*) FROM "villages"', 'SELECT poor, sum(population) AS people FROM "villages" GROUP BY 1 ORDER BY 2']},
    "pages": {"fields": [["title", "path"], ["id"]]},
}
TRUE["sql_post"] = TRUE["sql"]


def made_true(case: Any, number: int) -> None:
    """Put true values where the question has any; nothing sorts by columns that the answer does not have."""
    values = TRUE.get(case.operation.definition.raw["operationId"], {})
    for part in (case.query, case.body):
        for name in set(part if isinstance(part, dict) else ()) & set(values):
            if values[name]:
                part[name] = values[name][number % len(values[name])]
            else:
                del part[name]
    if {"groupby", "aggregate", "after"} & set(case.query or {}):
        case.query.pop("sort", None)


def checks_of(case: Any, mode: GenerationMode) -> list[Any]:
    left_out = []
    if mode == GenerationMode.NEGATIVE and case.operation.definition.raw["operationId"] in TRUE:
        left_out.append("positive_data_acceptance")  # what is left of a wrong question without its wrong part names no column either
    if any(value in ("", [], {}, None) for value in (case.query or {}).values()):
        left_out.append("negative_data_rejection")  # an empty parameter is none: forms send them
    return [check for check in CHECKS if check.__name__ not in left_out]


@pytest.fixture
def application(city: City) -> Iterator[Any]:  # noqa: F811
    """The portal as a WSGI server calls it, inside the transaction of the test."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


def test_schemathesis_finds_nothing(application: Any, city: City) -> None:  # noqa: F811
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", application)
    schema.config.generation.update(allow_x00=False)  # refused wherever it comes, which no schema says
    there = {"uuid": str(city.table.uuid), "id_or_name": "villages", "pk": 1}
    described = city.table.current
    assert described is not None
    described.schema["fields"][0]["kind"] = "administrative-code"  # so that it can be joined by place
    described.save(update_fields=["schema"])
    found: list[str] = []
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

            @given(case=operation.as_strategy(generation_mode=mode))
            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                derandomize=EXAMPLES < 20,
                database=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            def ask(case: Any) -> None:
                nonlocal asked
                asked += 1
                if "cursor" in (case.query or {}):
                    del case.query["cursor"]  # only an answer knows one
                if mode == GenerationMode.POSITIVE:  # noqa: B023 (asked at once)
                    made_true(case, asked)
                if asked % 3:  # two of three about what is there
                    case.path_parameters = {name: there.get(name, value) for name, value in (case.path_parameters or {}).items()}
                try:
                    case.call_and_validate(checks=checks_of(case, mode), headers=PLAIN)  # noqa: B023
                except FailureGroup as group:
                    found.append(f"{case.operation.label}: {case.as_curl_command()}\n" + "\n".join(map(str, group.exceptions)))

            with suppress(Unsatisfiable):  # an operation of which no question can be wrong
                ask()
    assert not found, "\n\n".join(found[:10])
    assert asked > 100
