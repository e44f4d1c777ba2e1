"""SQL through the doors people use: REST, CKAN's action, the page."""

import json

import pytest
from django.test import Client

from datasets.models import Capacity
from datasets.services.tokens import create_token

from .factories import DatasetFactory, member
from .test_downloads import body
from .test_public_pages import SCHEMA, Publish, folders, publish, text_of  # noqa: F401

pytestmark = pytest.mark.django_db
COUNT = 'SELECT "ថ្ងៃ", count(*) AS n FROM "{0}" WHERE "ប្រជាជន" > 600 GROUP BY 1 ORDER BY 1 LIMIT 2'


def test_rest_answers_get_and_post(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    question = COUNT.format(version.resource.uuid)
    found = client.get("/api/v1/sql/", {"q": question}).json()
    assert found["columns"] == [{"name": "ថ្ងៃ", "type": "date"}, {"name": "n", "type": "integer"}]
    assert found["results"] == [{"ថ្ងៃ": "2026-01-01", "n": 2}, {"ថ្ងៃ": "2026-01-02", "n": 2}]
    assert (found["count"], found["truncated"]) == (2, False)
    assert client.post("/api/v1/sql/", {"q": question}, content_type="application/json").json() == found
    by_name = client.get("/api/v1/sql/", {"q": f'SELECT count(*) AS n FROM "{version.resource.dataset.name}"'}).json()
    assert by_name["results"] == [{"n": 120}]
    assert client.get("/api/v1/sql/", {"q": f'SELECT * FROM "{version.resource.uuid}"', "limit": 3}).json()["truncated"] is True


def test_other_peoples_tables_are_unknown(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA, private=True)
    question = f'SELECT * FROM "{version.resource.uuid}"'
    for sql in (question, f'SELECT * FROM "{version.resource.dataset.name}"', f"WITH a AS ({question}) SELECT * FROM a"):
        answer = client.get("/api/v1/sql/", {"q": sql}, headers={"accept-language": "en"})
        assert answer.status_code == 400
        assert "There is no table" in str(answer.json())
        assert client.get("/en/sql/", {"q": sql}).status_code == 400
        by_name = version.resource.dataset.name in sql  # which says no more than that of any other
        assert client.get("/api/3/action/datastore_search_sql", {"sql": sql}).status_code == (404 if by_name else 403)
    _token, stranger = create_token(user=member(DatasetFactory().organization, Capacity.ADMIN))
    _token, insider = create_token(user=member(version.resource.dataset.organization, Capacity.MEMBER))
    assert client.get("/api/v1/sql/", {"q": question}, headers={"authorization": stranger}).status_code == 400
    assert client.get("/api/v1/sql/", {"q": question}, headers={"authorization": insider}).json()["count"] == 120


def test_ckan_answers_as_its_datastore_does(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    sql = f'SELECT _id, "ឈ្មោះ", "ប្រជាជន" FROM "{version.resource.uuid}" ORDER BY _id LIMIT 1'
    result = client.get("/api/3/action/datastore_search_sql", {"sql": sql}).json()["result"]
    assert result["records"] == [{"_id": 1, "ឈ្មោះ": "ភូមិ1", "ប្រជាជន": 10}]
    assert result["fields"] == [{"id": "_id", "type": "int"}, {"id": "ឈ្មោះ", "type": "text"}, {"id": "ប្រជាជន", "type": "int8"}]
    assert result["sql"] == sql
    counted = client.get("/api/3/action/datastore_search_sql", {"sql": f'SELECT COUNT(*) FROM "{version.resource.uuid}"'}).json()["result"]
    assert counted["records"] == [{"count": 120}]
    for forbidden in (
        "SELECT * FROM pg_user",
        "SELECT * FROM information_schema.tables",
        f'SELECT pg_sleep(1) FROM "{version.resource.uuid}"',
    ):
        answer = client.get("/api/3/action/datastore_search_sql", {"sql": forbidden})
        assert (answer.status_code, answer.json()["error"]["__type"]) == (403, "Authorization Error")
    refused = client.post("/api/action/datastore_search_sql", json.dumps({"sql": "COPY x TO 'y'"}), content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["__type"]) == (409, "Validation Error")


def test_the_page_has_examples_that_run_and_explains_what_is_wrong(client: Client, publish: Publish) -> None:  # noqa: F811
    version = publish(schema=SCHEMA)
    page = client.get("/km/sql/", {"table": str(version.resource.uuid)})
    for _title, sql, _query in page.context["examples"]:
        assert client.get("/km/sql/", {"q": sql}).status_code == 200
    wrong = text_of(client.get("/en/sql/", {"q": f'SELECT "ភូមិ" FROM "{version.resource.uuid}"'}))
    assert "Line 1, column 8: None of these tables has a column “ភូមិ”" in wrong
    answer = client.get("/en/sql/", {"q": COUNT.format(version.resource.uuid), "download": "csv"})
    assert body(answer).decode("utf-8-sig").splitlines()[1] == "2026-01-01,2"
    assert answer["Content-Disposition"].startswith("attachment")
