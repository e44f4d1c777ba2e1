"""Rows of a table that was uploaded, checked and published."""

from typing import Any

import pytest

from .conftest import Api, City


@pytest.fixture
def rows(city: City, api: Api) -> Any:
    return lambda **parameters: api("datastore_search", resource_id=str(city.table.uuid), **parameters)


def test_rows_have_their_number_and_types(rows: Any) -> None:
    result = rows(limit=2)
    assert [field["id"] for field in result["fields"]] == ["_id", "code", "name_km", "name_en", "population", "poor", "surveyed", "share"]
    assert result["fields"][0] == {"id": "_id", "type": "int"}
    assert {field["id"]: field["type"] for field in result["fields"]}["name_km"] == "text"
    assert [record["_id"] for record in result["records"]] == [1, 2]
    assert result["records"][0]["name_km"] == "ភូមិ ១"
    assert result["records"][0]["population"] == 1200
    assert result["total"] == 4
    assert result["total_was_estimated"] is False
    assert result["_links"]["next"].endswith("offset=2")
    assert result["_links"]["start"].startswith("/api/3/action/datastore_search?")


FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({"population": 800}, [2]),
    ({"population": "800"}, [2]),
    ({"population": [800, 2500]}, [2, 3]),
    ({"population": {"gte": 1000, "lt": 2500}}, [1]),
    ({"population": {"in": [1200]}}, [1]),
    ({"population": None}, [4]),
    ({"name_km": "ភូមិថ្មី"}, [3]),
    ({"population": {"gt": 0}, "name_en": "Phum Pir"}, [2]),
    ({"$and": [{"population": {"gt": 900}}, {"population": {"lt": 2000}}]}, [1]),
    ({"$or": [{"population": 800}, {"name_km": "ភូមិថ្មី"}]}, [2, 3]),
    ([{"population": 800}, {"population": {"gt": 2000}, "name_km": "ភូមិថ្មី"}], [2, 3]),
    ({"population": {"gt": 0}, "$or": [{"$and": [{"population": 800}, {"population": 1200}]}, {"population": 2500}]}, [3]),
]


def test_filters(rows: Any) -> None:
    for filters, numbers in FILTERS:
        result = rows(filters=filters)
        assert [record["_id"] for record in result["records"]] == numbers, filters
        assert result["total"] == len(numbers)
        assert result["filters"] == filters


def test_words(rows: Any) -> None:
    result = rows(q="phum north")
    assert [record["_id"] for record in result["records"]] == [3]
    assert result["fields"][-1] == {"id": "rank", "type": "float"}
    assert [record["_id"] for record in rows(q={"name_en": "muoy"})["records"]] == [1]
    assert [record["_id"] for record in rows(q="muoy:*", plain=False)["records"]] == [1]
    ranked = rows(q="ភូមិ p")["records"]  # two have the letter twice in their names
    assert [record["_id"] for record in ranked] == [2, 1, 3, 4]
    assert ranked[0]["rank"] > ranked[1]["rank"] > 0
    assert "rank" not in rows(q="phum", fields="_id", limit=1)["records"][0]


TSQUERIES = [("muoy | pir", [1, 2]), ("phum & !north", [1, 2, 4]), ("!(muoy | pir)", [3, 4]), ("ភូមិ & (chas | north) & !true", [4])]


@pytest.mark.parametrize(("query", "numbers"), TSQUERIES)
def test_tsquery(rows: Any, query: str, numbers: list[int]) -> None:
    assert sorted(record["_id"] for record in rows(q=query, plain=False)["records"]) == numbers


def test_the_tables_there_are(api: Api, city: City) -> None:
    found = api("datastore_search", resource_id="_table_metadata")
    assert [record["name"] for record in found["records"]] == [str(city.table.uuid)]
    assert [field["id"] for field in found["fields"]] == ["_id", "name", "oid", "alias_of"]


def test_fields_sort_and_forms(rows: Any) -> None:
    assert rows(fields="name_en,population", sort="population desc", limit=1)["records"] == [
        {"name_en": "Phum Thmei, north", "population": 2500}
    ]
    assert rows(fields=["population"], sort='"population" asc nulls last', limit=2, records_format="lists")["records"] == [[800], [1200]]
    csv = rows(fields="_id,name_en", records_format="csv", limit=3)["records"]
    assert csv == '1,Phum Muoy\n2,Phum Pir\n3,"Phum Thmei, north"\n'
    assert rows(fields="_id,name_en", records_format="tsv", limit=1)["records"] == "1\tPhum Muoy\n"
    assert rows(limit=0)["records"] == []
    assert "total" not in rows(include_total=False)
    assert rows(limit=99999)["limit"] == 32000
    assert rows(limit=2, include_next_page=True)["next_page"] == {"_id": {"gt": 2}}
    assert rows(fields="poor", distinct=True)["total"] == 2


WRONG: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"fields": ["zz"]}, {"fields": ['invalid value "zz"']}),
    ({"sort": "zz desc"}, {"sort": ['invalid value "zz"']}),
    ({"filters": {"zz": 1}}, {"filters": ["Unknown field: zz"]}),
    ({"filters": {"population": {"like": 1}}}, {"filters": ["Unknown filter operation: like"]}),
    ({"filters": {"population": "many"}}, {"query": ["Invalid query"]}),
    ({"filters": "nonsense"}, {"filters": ["Cannot parse JSON"]}),
    ({"records_format": "xml"}, {"records_format": ['invalid value "xml"']}),
]


def test_errors_name_the_parameter(city: City, api: Api) -> None:
    for parameters, error in WRONG:
        answer = api.error("datastore_search", resource_id=str(city.table.uuid), **parameters)
        assert answer == (409, {**error, "__type": "Validation Error"}), parameters


def test_a_question_that_takes_long_to_plan_is_refused_at_once(city: City, api: Api) -> None:
    words = " ".join(f"ពាក្យ{number}" for number in range(1000))
    for asked in ({"q": words}, {"q": {"name_km": words}}, {"full_text": words}, {"filters": {"population": [*range(30_000)]}}):
        status, error = api.error("datastore_search", resource_id=str(city.table.uuid), **asked)
        assert (status, error.get("query")) == (409, ["Too many words or conditions"])
    assert api("datastore_search", resource_id=str(city.table.uuid), q="Phum " * 1000)["total"] == 4


def test_by_get(city: City, api: Api) -> None:
    status, body = api.get(
        "datastore_search",
        resource_id=str(city.table.uuid),
        filters='{"population": 800}',
        fields="name_en,population",
        limit="1",
        sort="population desc",
    )
    assert status == 200
    assert body["result"]["records"] == [{"name_en": "Phum Pir", "population": 800}]


def test_what_a_table_is_made_of(city: City, api: Api) -> None:
    info = api("datastore_info", id=str(city.table.uuid))
    assert info["meta"]["count"] == 4
    assert [field["id"] for field in info["fields"]][:2] == ["code", "name_km"]


def test_a_private_table_is_forbidden(city: City, api: Api) -> None:
    type(city.dataset).objects.filter(pk=city.dataset.pk).update(private=True)
    assert api.error("datastore_search", resource_id=str(city.table.uuid))[0] == 403
    assert api.error("datastore_search", city.stranger_token, resource_id=str(city.table.uuid))[0] == 403
    assert api("datastore_search", city.editor_token, resource_id=str(city.table.uuid))["total"] == 4
