"""Organizations, groups, members, tokens, and deeds on whole datasets, through the Action API."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from datasets.models import Membership
from datasets.services.tokens import create_token
from tests.datasets.factories import OrganizationFactory, UserFactory

from .conftest import Api, City


@pytest.fixture
def chief(city: City) -> str:
    """A superuser's token."""
    return create_token(user=get_user_model().objects.get(username="chief"), name="test")[1]


@pytest.mark.parametrize("kind", ["organization", "group"])
def test_create_change_delete(city: City, api: Api, chief: str, kind: str) -> None:
    texts = {"km": "មន្ទីរធនធានទឹក", "en": "Water department"}
    made = api(
        f"{kind}_create", chief, name="water", title_translated=texts, description="ទឹកស្អាត", id="5e5219cb-9407-4a75-80d2-5d4711e8fbe1"
    )
    assert (made["id"], made["title"], made["description"]) == ("5e5219cb-9407-4a75-80d2-5d4711e8fbe1", texts["km"], "ទឹកស្អាត")
    assert api.error(f"{kind}_create", chief, name="water", title="Again")[1]["name"] == ["Group name already exists in database"]
    assert api.error(f"{kind}_create", chief, title="Nameless")[0] == 409
    assert api(f"{kind}_patch", chief, id="water", title="ទឹក")["description"] == "ទឹកស្អាត"
    updated = api(f"{kind}_update", chief, id=made["id"], name="waters", title="Waters")
    assert (updated["name"], updated["title"], updated["description"]) == ("waters", "Waters", "")
    for token in ("", city.stranger_token, city.editor_token):
        for action in ("create", "update", "patch", "delete", "purge"):
            assert api.post(f"{kind}_{action}", token, id="waters", name="new", title="x")[0] == 403, (action, token)
    assert api(f"{kind}_delete", chief, id="waters") is None
    assert api.post(f"{kind}_show", id="waters")[0] == 404


def test_an_organization_with_datasets_stays(city: City, api: Api, chief: str) -> None:
    status, error = api.error("organization_delete", chief, id="land-office")
    assert (status, bool(error["message"])) == (409, True)


def test_an_admin_changes_the_organization_and_its_people(city: City, api: Api) -> None:
    assert api("organization_patch", city.token, id="land-office", title="មន្ទីរដី")["title"] == "មន្ទីរដី"
    made = api("organization_member_create", city.token, id="land-office", username="dara", role="member")
    assert (made["capacity"], made["table_name"]) == ("member", "user")
    shown = api("organization_show", city.token, id="land-office")
    assert {user["name"]: user["capacity"] for user in shown["users"]} == {
        "sokha-admin": "admin",
        "sokha-editor": "editor",
        "dara": "member",
    }
    assert [made["table_id"], "user", "Member"] in api("member_list", city.token, id="land-office", object_type="user")
    assert api("organization_member_delete", city.token, id="land-office", username="dara") is None
    assert not Membership.objects.filter(user__username="dara").exists()
    api("member_create", city.token, id="land-office", object="dara", object_type="user", capacity="editor")
    assert Membership.objects.get(user__username="dara").capacity == "editor"
    api("organization_patch", city.token, id="land-office", users=[{"name": "sokha-admin", "capacity": "admin"}])
    assert list(Membership.objects.values_list("user__username", flat=True)) == ["sokha-admin"]
    api("organization_patch", city.token, id="land-office", users=[])
    assert Membership.objects.count() == 1


def test_people_are_nobodys_business_but_the_admins(city: City, api: Api) -> None:
    for token in ("", city.stranger_token, city.editor_token):
        assert api("organization_show", token, id="land-office")["users"] == []
        assert {kind for _key, kind, _capacity in api("member_list", token, id="land-office")} == {"package"}
    for token in ("", city.stranger_token, city.editor_token):
        assert api.post("organization_member_create", token, id="land-office", username="dara", role="admin")[0] == 403
        assert api.post("member_delete", token, id="land-office", object="sokha-admin", object_type="user")[0] == 403
    assert api.error("organization_member_create", city.token, id="land-office", username="dara", role="king")[0] == 409
    assert api.error("organization_member_create", city.token, id="land-office", username="nobody", role="member")[0] == 404


def test_member_list_hides_private_datasets(city: City, api: Api) -> None:
    api("package_patch", city.token, id="villages", private=True)
    for action in ("land-office", "housing"):
        assert api("member_list", id=action) == []
    assert api("member_list", city.token, id="housing") == [[str(city.dataset.uuid), "package", "public"]]


def test_a_dataset_enters_and_leaves_a_group(city: City, api: Api) -> None:
    api("member_delete", city.token, id="housing", object="villages", object_type="package")
    assert api("package_show", id="villages")["groups"] == []
    api("member_create", city.token, id="housing", object="villages", object_type="package", capacity="public")
    assert [group["name"] for group in api("package_show", id="villages")["groups"]] == ["housing"]


def test_tokens(city: City, api: Api) -> None:
    made = api("api_token_create", city.token, user="sokha-admin", name="ទិន្នន័យ")
    assert api("organization_list_for_user", made["token"])[0]["name"] == "land-office"
    listed = api("api_token_list", made["token"], user_id="sokha-admin")
    assert made["token"] not in str(listed)
    assert {"ទិន្នន័យ", "test"} == {token["name"] for token in listed}
    assert api.post("api_token_list", city.stranger_token, user_id="sokha-admin")[0] == 403
    assert api.post("api_token_list", user_id="sokha-admin")[0] == 403
    assert api.post("api_token_create", city.stranger_token, user="sokha-admin", name="theirs")[0] == 403
    assert api.post("api_token_create", city.token, user="sokha-admin")[0] == 409
    assert api.post("api_token_revoke", city.stranger_token, jti=made["id"])[0] == 403
    assert api("api_token_revoke", city.token, token=made["token"]) is None
    assert api("organization_list_for_user", made["token"]) == []


def test_a_dataset_moves_only_between_organizations_of_ones_own(city: City, api: Api, chief: str) -> None:
    water = OrganizationFactory(name="water-office")
    assert api.post("package_owner_org_update", city.token, id="villages", organization_id="water-office")[0] == 403
    Membership.objects.create(organization=water, user=city.admin, capacity="editor")
    api("package_owner_org_update", city.token, id="villages", organization_id="water-office")
    assert api("package_show", id="villages")["organization"]["name"] == "water-office"
    api("package_patch", chief, id="villages", notes="Still there.")
    assert api("package_show", id="villages")["organization"]["name"] == "water-office"
    assert api("package_patch", chief, id="villages", owner_org="land-office")["organization"]["name"] == "land-office"


def test_resources_in_another_order(city: City, api: Api) -> None:
    first, second = (resource["id"] for resource in api("package_show", id="villages")["resources"])
    assert api("package_resource_reorder", city.token, id="villages", order=[second])["order"] == [second, first]
    assert [resource["id"] for resource in api("package_show", id="villages")["resources"]] == [second, first]
    assert api.post("package_resource_reorder", city.stranger_token, id="villages", order=[first])[0] == 403
    assert api.error("package_resource_reorder", city.token, id="villages", order=["nope"])[0] == 409


def test_purged_is_gone_and_its_name_free(city: City, api: Api, chief: str) -> None:
    assert api.post("dataset_purge", city.token, id="villages")[0] == 403
    api("package_delete", city.token, id="villages")
    assert api("dataset_purge", chief, id="villages") is None
    assert api("package_create", city.token, name="villages", owner_org="land-office")["name"] == "villages"


def test_several_at_once(city: City, api: Api) -> None:
    keys = {"datasets": [str(city.dataset.uuid)], "org_id": "land-office"}
    for action in ("private", "public", "delete"):
        assert api.post(f"bulk_update_{action}", city.stranger_token, **keys)[0] == 403
    api("bulk_update_private", city.token, **keys)
    assert api.post("package_show", id="villages")[0] == 403
    api("bulk_update_public", city.token, **keys)
    assert api("package_show", id="villages")["private"] is False
    api("bulk_update_delete", city.token, **keys)
    assert api("package_list") == []


REVISIONS: list[tuple[dict[str, Any], str, Any]] = [
    ({"match": {"name": "villages"}, "update": {"title": "ភូមិថ្មី"}}, "title", "ភូមិថ្មី"),
    ({"match__name": "villages", "update__notes": "ថ្មី"}, "notes", "ថ្មី"),
    ({"match": '{"name": "villages"}', "filter": ["-extras__0"]}, "extras", []),
    ({"match": {"name": "villages"}, "filter": "-groups", "update": {"groups": []}}, "groups", []),
]


@pytest.mark.parametrize(("given", "key", "expected"), REVISIONS)
def test_package_revise(city: City, api: Api, given: dict[str, Any], key: str, expected: Any) -> None:
    before = api("package_show", id="villages")
    after = api("package_revise", city.token, **given)["package"]
    assert after[key] == expected
    same = set(before) - {key, "metadata_modified", "resources", f"{key}_translated"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert len(after["resources"]) == 2


def test_package_revise_reaches_into_lists(city: City, api: Api) -> None:
    link = api("package_show", id="villages")["resources"][1]
    changed = api("package_revise", city.token, match={"id": str(city.dataset.uuid)}, update__resources__1__name="របាយការណ៍")["package"]
    assert changed["resources"][1]["name"] == "របាយការណ៍"
    by_id = {"match__name": "villages", f"update__resources__{link['id'][:8]}": {"description": "ក"}, "include": "+name,-*"}
    assert api("package_revise", city.token, **by_id)["package"] == {"name": "villages"}
    more = api("package_revise", city.token, match__name="villages", update__resources__extend=[{"url": "https://example.org/a.csv"}])
    assert [resource["format"] for resource in more["package"]["resources"]] == ["CSV", "PDF", "CSV"]


def test_package_revise_changes_nothing_where_it_does_not_match(city: City, api: Api) -> None:
    assert api.error("package_revise", city.token, match={"name": "villages", "title": "Other"}, update={"title": "x"})[0] == 409
    assert api.error("package_revise", city.token, match__name="villages", update__resources__9__name="x")[0] == 409
    assert api.error("package_revise", city.token, update={"title": "x"})[0] == 409
    assert api.post("package_revise", city.stranger_token, match__name="villages", update={"title": "x"})[0] == 403
    assert api("package_show", id="villages")["title"] == city.dataset.title_km


def test_a_superusers_own_ids(city: City, api: Api, chief: str) -> None:
    key = "12f3be62-f1bc-48e3-9e68-b689bbd7ade6"
    assert api("package_create", chief, name="wells", owner_org="land-office", id=key)["id"] == key
    assert api.error("package_create", chief, name="wells-2", owner_org="land-office", id=key)[0] == 409
    assert api("package_create", city.token, name="wells-3", owner_org="land-office", id=key)["id"] != key
    UserFactory(username="nobody-of-importance")
