"""How a call arrives and how an answer leaves, as CKAN's clients expect."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from .conftest import Api, City

SHOW = "/api/3/action/package_show"


def test_both_addresses_are_the_same(city: City, client: Client) -> None:
    assert (
        client.get("/api/action/package_list").json()["result"] == client.get("/api/3/action/package_list").json()["result"] == ["villages"]
    )


@pytest.mark.parametrize(("path", "version"), [("/api", 1), ("/api/1", 1), ("/api/3", 3)])
def test_old_clients_probe_for_versions(client: Client, path: str, version: int) -> None:
    assert client.get(path).json() == {"version": version}


def test_the_envelope(city: City, client: Client) -> None:
    answer = client.get("/api/3/action/package_show", {"id": "villages"})
    assert answer["Content-Type"] == "application/json;charset=utf-8"
    assert "ភូមិ" in answer.content.decode()
    body = answer.json()
    assert set(body) == {"help", "success", "result"}
    assert body["help"] == "http://localhost:8000/api/3/action/help_show?name=package_show"


FORMS: list[dict[str, Any]] = [
    {"data": json.dumps({"id": "villages"}), "content_type": "application/json"},
    {"data": json.dumps({"id": "villages"}), "content_type": "application/json; charset=utf-8"},
    {"data": {"id": "villages"}},  # multipart form
    {"data": "id=villages", "content_type": "application/x-www-form-urlencoded"},
    {"data": '{"id": "villages"}', "content_type": "application/x-www-form-urlencoded"},  # curl -d without a type
    {"data": '{"id": "villages"}=1', "content_type": "application/x-www-form-urlencoded"},
    {"data": "", "content_type": "application/json", "query_params": {"id": "villages"}},
]


def test_parameters_come_in_every_form_clients_use(city: City, client: Client) -> None:
    for options in FORMS:
        assert client.post(SHOW, **options).json()["result"]["name"] == "villages", options


def test_an_empty_body_is_no_parameters(client: Client, db: None) -> None:
    assert client.post("/api/3/action/status_show", "", content_type="application/json").json()["success"] is True
    assert (
        client.get("/api/3/action/status_show", headers={"Content-Type": "application/json"}).json()["result"]["ckan_version"] == "2.12.0"
    )


@pytest.mark.parametrize(
    ("method", "path", "options", "status", "message"),
    [
        ("get", "/api/3/action/nope", {}, 400, "Bad request: Action name not known: nope"),
        (
            "get",
            "/api/3/action/package_create",
            {},
            400,
            "Bad request: JSON Error: Invalid request. Please use POST method for your request",
        ),
        (
            "post",
            SHOW,
            {"data": "[1]", "content_type": "application/json"},
            400,
            "Bad request: JSON Error: Request data JSON decoded to [1] but it needs to be a dictionary.",
        ),
        (
            "post",
            SHOW,
            {"data": "{bad", "content_type": "application/json"},
            400,
            "Bad request: JSON Error: Error decoding JSON data. The body is not valid JSON in UTF-8.",
        ),
        (
            "post",
            SHOW,
            {"data": "{}", "content_type": "text/plain"},
            415,
            "Bad request: Unsupported media type: text/plain. Send application/json or a form.",
        ),
    ],
)  # fmt: skip
def test_protocol_problems_are_one_json_string(
    client: Client, db: None, method: str, path: str, options: dict[str, Any], status: int, message: str
) -> None:
    answer = getattr(client, method)(path, **options)
    assert (answer.status_code, answer.json()) == (status, message)


def test_methods(client: Client, db: None) -> None:
    answer = client.options("/api/3/action/status_show")
    assert (answer.status_code, answer.content, answer["Allow"]) == (200, b"", "GET, HEAD, POST, OPTIONS")
    assert client.head("/api/3/action/status_show").status_code == 200
    assert client.put("/api/3/action/status_show").status_code == 405


@pytest.mark.parametrize(
    ("name", "parameters", "status", "error"),
    [
        ("package_show", {}, 409, {"__type": "Validation Error", "name_or_id": ["Missing value"]}),
        ("package_show", {"id": "nope"}, 404, {"__type": "Not Found Error", "message": "Not found"}),
        ("package_search", {"rows": -1}, 409, {"__type": "Validation Error", "rows": ["Must be a natural number"]}),
        ("package_search", {"rows": "ten"}, 409, {"__type": "Validation Error", "rows": ["Invalid integer"]}),
        (
            "package_search",
            {"x": 1},
            400,
            {"__type": "Search Query Error", "message": "Search Query is invalid: \"Invalid search parameters: ['x']\""},
        ),
        ("datastore_search", {}, 409, {"__type": "Validation Error", "resource_id": ["Missing value"]}),
        (
            "datastore_search",
            {"resource_id": "nope"},
            404,
            {"__type": "Not Found Error", "message": 'Not found: Resource "nope" was not found.'},
        ),
        ("datastore_search", {"resource_id": "x", "junk": 1}, 409, {"__type": "Validation Error", "__extras": ['invalid value "junk"']}),
        ("datastore_search", {"resource_id": "x", "offset": -1}, 409, {"__type": "Validation Error", "offset": ['invalid value "-1"']}),
        ("package_autocomplete", {}, 409, {"__type": "Validation Error", "q": ["Missing value"]}),
        ("resource_search", {}, 409, {"__type": "Validation Error", "query": "Missing value"}),
        (
            "resource_search",
            {"query": "bogus:x"},
            409,
            {"__type": "Validation Error", "query": 'Field "bogus" not recognised in resource_search.'},
        ),
        (
            "package_create",
            {"name": "x"},
            403,
            {"__type": "Authorization Error", "message": "Access denied: Action package_create requires an authenticated user"},
        ),
    ],
)  # fmt: skip
def test_errors(api: Api, db: None, name: str, parameters: dict[str, Any], status: int, error: dict[str, Any]) -> None:
    assert api.error(name, **parameters) == (status, error)


def test_a_mistake_of_ours_says_nothing_about_the_inside(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("datasets.ckan.actions.tags.licences", broken)
    answer = client.get("/api/3/action/license_list")
    assert answer.status_code == 500
    assert answer.json()["error"] == {"__type": "Internal Server Error", "message": "Internal Server Error"}


def test_unknown_parameters_are_ignored_elsewhere(city: City, api: Api) -> None:
    assert api("package_show", id="villages", include_password_hash=True, include_datasets=False)["name"] == "villages"
    assert api("package_show", name_or_id="villages")["name"] == "villages"
    assert api("package_list", include_drafts=True) == ["villages"]


HEADERS = ["{}", "Bearer {}", "bearer {}"]


def test_the_token_comes_raw_or_as_bearer(city: City, client: Client) -> None:
    for header in HEADERS:
        answer = client.get("/api/3/action/organization_list_for_user", headers={"Authorization": header.format(city.token)})
        assert [row["name"] for row in answer.json()["result"]] == ["land-office"]
        assert answer["Cache-Control"] == "private, no-store"


def test_the_old_header_counts_only_alone(city: City, client: Client) -> None:
    old = {"X-CKAN-API-Key": city.token}
    path = "/api/3/action/organization_list_for_user"
    assert client.get(path, headers=old).json()["result"]
    assert client.get(path, headers={**old, "Authorization": "nonsense"}).json()["result"] == []


def test_a_bad_token_is_anonymous(city: City, api: Api) -> None:
    assert api("package_list", "nonsense") == ["villages"]
    assert api.post("package_delete", "nonsense", id="villages")[0] == 403


def test_a_file_part_arrives_under_its_name_only_where_it_is_wanted(city: City, client: Client) -> None:
    answer = client.post(SHOW, {"id": "villages", "upload": SimpleUploadedFile("x.csv", b"a\n1\n")})
    assert answer.json()["result"]["name"] == "villages"


def test_every_action_explains_itself(api: Api, db: None) -> None:
    from datasets.ckan.registry import names

    for name in names():
        assert len(api("help_show", name=name)) > 20
    assert api.error("help_show", name="nope")[0] == 404


def test_null_characters_are_refused_by_name_wherever_they_hide(city: City, api: Api) -> None:
    asked: list[tuple[str, dict[str, Any], str]] = [
        ("package_show", {"id": "a\0b"}, "id"),
        ("package_search", {"q": "title:a\0"}, "q"),
        ("package_search", {"fq_list": ["a", "name:a\0"]}, "fq_list"),
        ("organization_list", {"organizations": '["land\\u0000office"]'}, "organizations"),
        ("group_list", {"groups": ["a\0"]}, "groups"),
        ("datastore_search", {"resource_id": str(city.table.uuid), "filters": '{"code": "\\u0000"}'}, "filters"),
        ("datastore_search", {"resource_id": str(city.table.uuid), "filters": {"co\0de": 1}}, "filters"),
        ("package_create", {"name": "x", "owner_org": "land-office", "notes": "a\0"}, "notes"),
        ("package_create", {"name": "x", "owner_org": "land-office", "extras": [{"key": "k", "value": "\0"}]}, "extras"),
        ("package_patch", {"id": "villages", "tags": [{"name": "\0"}]}, "tags"),
        ("package_patch", {"id": "villages", "my\0own": "x"}, "my\N{REPLACEMENT CHARACTER}own"),
    ]
    for name, parameters, field in asked:
        status, error = api.error(name, city.token, **parameters)
        assert (status, error) == (409, {"__type": "Validation Error", field: ["Null characters are not allowed"]}), (name, parameters)
    assert api.error("package_show", "\0" * 40, id="x")[0] == 404
    assert api("package_show", id="villages")["notes"] == city.dataset.notes_km


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("package_show", '"id": "\\ud800"'),
        ("organization_list", '"q": "a\\udfff"'),
        ("package_create", '"extras": [{"key": "\\ud800", "value": "x"}]'),
        ("package_patch", '"x": NaN'),
        ("package_search", '"rows": 1e400'),
        ("resource_create", '"size": -Infinity'),
    ],
)
def test_what_json_can_write_and_nobody_can_keep_is_refused(city: City, client: Client, name: str, parameter: str) -> None:
    headers = {"Authorization": city.token}
    answer = client.post(f"/api/3/action/{name}", f"{{{parameter}}}", content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["error"]["__type"]) == (409, "Validation Error")


@pytest.mark.parametrize("number", [10**30, "9" * 400, "99999999999999999999"])
def test_a_number_of_any_size_is_a_number(city: City, api: Api, number: Any) -> None:
    for name, parameter in [
        ("package_list", "limit"),
        ("package_list", "offset"),
        ("current_package_list_with_resources", "page"),
        ("package_search", "start"),
        ("package_search", "facet.limit"),
        ("resource_search", "offset"),
    ]:
        api(name, **{"query": "name:a", parameter: number} if name == "resource_search" else {parameter: number})
    assert api("organization_autocomplete", q="land", limit=number)


def test_deep_nesting_is_no_failure_of_ours(city: City, client: Client) -> None:
    for depth in (300, 900, 100_000):
        body = '{"id": "villages", "x": ' + "[" * depth + "]" * depth + "}"
        assert client.post(SHOW, body, content_type="application/json").status_code in {200, 400}, depth


def test_actions_answer_under_a_language_by_the_same_rules(city: City, client: Client) -> None:
    for path in ("/km/api/3/action/package_show", "/km/api/action/package_show"):
        answer = client.get(path, {"id": "villages"}, headers={"Origin": "https://elsewhere.example"})
        assert answer.json()["result"] == client.get(SHOW, {"id": "villages"}).json()["result"]
        assert answer["Access-Control-Allow-Origin"] == "*"
    known = client.get("/km/api/3/action/package_show", {"id": "villages"}, headers={"Authorization": city.editor_token})
    assert known["Cache-Control"] == "private, no-store"
    refused = client.post("/zh-hans/api/3/action/package_create", {"name": "x"}, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["__type"]) == (403, "Authorization Error")


def test_old_scripts_complete_what_is_typed(client: Client, city: City) -> None:
    def ask(address: str) -> Any:
        return client.get(f"/api/2/util/{address}").json()

    assert ask("tag/autocomplete?incomplete=ភូមិ") == {"ResultSet": {"Result": [{"Name": "ភូមិ"}]}}
    assert ask("resource/format_autocomplete?incomplete=cs") == {"ResultSet": {"Result": [{"Format": "csv"}]}}
    assert ask("dataset/autocomplete?incomplete=village")["ResultSet"]["Result"][0]["name"] == "villages"
    assert ask("organization/autocomplete?q=land")[0]["name"] == "land-office"
    assert ask("dataset/autocomplete?incomplete=") == {"ResultSet": {"Result": []}}
