"""An assistant finds a guide and counts rows, with the protocol's own client over HTTP."""

import asyncio
import json
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from mcp import Client

from tests.running import Portal


def run(session: Coroutine[Any, Any, Any]) -> Any:
    """What a session gives; in a thread of its own, because the browser's driver keeps a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, session).result()


def ask(city: Portal, *questions: tuple[str, dict[str, Any]]) -> list[Any]:
    """The answers of one session, as the assistant gets them: JSON, or the words of a refusal."""

    async def session() -> list[Any]:
        async with Client(f"{city.url}/api/mcp") as client:
            answers = []
            for name, arguments in questions:
                result = await client.call_tool(name, arguments)
                text = result.content[0].text
                answers.append(f"refused: {text}" if result.is_error else json.loads(text))
            return answers

    return run(session())


def test_the_tools_only_read_and_explain_themselves(city: Portal) -> None:
    async def tools() -> Any:
        async with Client(f"{city.url}/api/mcp") as client:
            return (await client.list_tools()).tools

    found = {tool.name: tool for tool in run(tools())}
    assert {"search", "guide", "dataset", "schema", "rows"} <= set(found)
    assert all(tool.annotations.read_only_hint and tool.description for tool in found.values())


def test_a_guide_is_found_and_read_in_khmer(city: Portal) -> None:
    [found] = ask(city, ("search", {"words": "បណ្តេញចេញពីផ្ទះ", "kind": "page"}))
    hit = next(result for result in found["results"] if "eviction-notice" in result["url"])
    [page] = ask(city, ("guide", {"path": hit["url"]}))
    assert page["language"] == "km"
    assert page["is_sample"] is True
    assert len(page["text"]) > 300
    assert page["url"].startswith("http")


def test_rows_come_bounded_with_licence_and_link(city: Portal) -> None:
    [dataset] = ask(city, ("dataset", {"name": "cambodia-villages"}))
    table = next(resource for resource in dataset["resources"] if resource["is_table"])
    schema, rows = ask(
        city, ("schema", {"resource": table["resource"]}), ("rows", {"resource": table["resource"], "limit": 5000, "offset": 10})
    )
    assert rows["total"] == table["rows"] == 14_578
    assert len(rows["rows"]) == 100
    assert {column["name"] for column in schema["columns"]} == set(rows["rows"][0]) - {"_id"}
    some = {"column": "_id", "operator": "in", "value": "3,14"}
    [chosen] = ask(city, ("rows", {"resource": table["resource"], "filters": [some]}))
    assert [row["_id"] for row in chosen["rows"]] == [3, 14]
    for answer in (dataset, schema, rows):
        assert answer["licence"] == "cc-by" or answer["licence_url"] or answer["source"]
        assert f"/dataset/{dataset['name']}" in answer["url"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("dataset", {"name": "គ្មាន"}, "no public dataset"),
        ("rows", {"resource": "nonsense"}, "not the uuid of a table"),
        ("guide", {"path": "/km/nowhere/"}, "no page"),
    ],
)
def test_a_mistake_is_explained(city: Portal, tool: str, arguments: dict[str, str], words: str) -> None:
    [answer] = ask(city, (tool, arguments))
    assert words in answer


def test_a_question_in_sql_is_answered_with_its_source(city: Portal) -> None:
    [dataset] = ask(city, ("dataset", {"name": "cambodia-villages"}))
    table = next(resource["resource"] for resource in dataset["resources"] if resource["is_table"])
    answer, refused = ask(
        city,
        ("query", {"sql": f'SELECT count(*) AS n FROM "{table}"'}),
        ("query", {"sql": "SELECT * FROM read_csv('/etc/passwd')"}),
    )
    assert answer["rows"] == [{"n": 14_578}]
    assert answer["sources"][0]["identifier"] == dataset["identifier"]
    assert refused.startswith("refused:")


def test_an_unknown_column_is_answered_with_the_columns_there_are(city: Portal) -> None:
    [dataset] = ask(city, ("dataset", {"name": "cambodia-villages"}))
    table = next(resource["resource"] for resource in dataset["resources"] if resource["is_table"])
    [answer] = ask(city, ("rows", {"resource": table, "filters": [{"column": "គ្មាន", "value": "1"}]}))
    assert answer.startswith("refused:")
    assert "Columns:" in answer


def test_a_browser_that_opens_the_endpoint_is_told_no(city: Portal) -> None:
    assert requests.get(f"{city.url}/api/mcp", timeout=30).status_code == 405
    assert requests.post(f"{city.url}/api/mcp", data=b"x" * 300_000, timeout=30).status_code in {400, 413}
