"""Writing organizations and groups, and who belongs to them."""

from typing import Any

from django.contrib.auth import get_user_model

from datasets.ckan.dictionaries.organization import user_id
from datasets.ckan.errors import NotAuthorized, NotFound, ValidationError
from datasets.ckan.lookups import find_collection, find_dataset
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.values import mapping, required, text
from datasets.ckan.writing.dataset_fields import check_name
from datasets.ckan.writing.own_id import own_id
from datasets.ckan.writing.texts import text_columns
from datasets.models import Capacity, Group, Organization
from datasets.policies import can_administer, is_superuser
from datasets.selectors import visible_datasets
from datasets.services.datasets import update_dataset
from datasets.services.organizations import delete_collection, save_collection, set_membership

from .organizations import group_show, organization_show

KINDS: dict[str, Any] = {"organization": Organization, "group": Group}
SHOW = {"organization": organization_show, "group": group_show}


def _create(kind: str) -> Any:
    def create(user: User, data: Parameters) -> dict[str, Any]:
        """Make one.

        name (2 to 100 of a-z, 0-9, - and _), title, description, title_translated and description_translated (language -> text),
        users ([{"name": …, "capacity": "admin"}]; organizations). Superusers may choose the id.
        """
        name = check_name(data)
        if KINDS[kind].objects.filter(name=name).exists():
            raise ValidationError({"name": ["Group name already exists in database"]})
        row = KINDS[kind](name=name, **own_id(user, data, KINDS[kind]))
        return _save(kind, user, row, data, partial=False)

    return create


def _change(kind: str, *, partial: bool) -> Any:
    def change(user: User, data: Parameters) -> dict[str, Any]:
        """Change one: `_update` empties what is left out, `_patch` leaves it. `users` replaces the members; an empty list leaves them.

        id: its name or id; the parameters of `_create`.
        """
        row = find_collection(KINDS[kind].objects.all(), required(data, "id"))
        if text(data, "name") and text(data, "name") != row.name:
            row.name = check_name(data)
            if KINDS[kind].objects.filter(name=row.name).exists():
                raise ValidationError({"name": ["Group name already exists in database"]})
        return _save(kind, user, row, data, partial=partial)

    return change


def _delete(kind: str) -> Any:
    def delete(user: User, data: Parameters) -> None:
        """Take one out of the catalogue, for good. An organization that has, or had, datasets stays.

        id: its name or id.
        """
        delete_collection(collection=find_collection(KINDS[kind].objects.all(), required(data, "id")), user=user)

    return delete


for _kind in KINDS:
    action(f"{_kind}_create")(_create(_kind))
    action(f"{_kind}_update")(_change(_kind, partial=False))
    action(f"{_kind}_patch")(_change(_kind, partial=True))
    action(f"{_kind}_delete")(_delete(_kind))
    action(f"{_kind}_purge")(_delete(_kind))


def _save(kind: str, user: User, row: Any, data: Parameters, *, partial: bool) -> dict[str, Any]:
    existing = row if row.pk else None
    if not partial and not text(data, "title") and not data.get("title_translated"):
        data = {**data, "title": row.name}
    fields = text_columns(data, "title", "title", existing, partial=partial)
    fields |= text_columns(data, "description", "description", existing, partial=partial)
    if not is_superuser(user) and existing is None:
        raise NotAuthorized(f"User not authorized to create {kind}s")
    saved = save_collection(collection=row, user=user, fields=fields)
    if kind == "organization" and data.get("users"):
        _replace_members(user, saved, mapping(data, "users"))
    return SHOW[kind](user, {"id": str(saved.uuid)})  # type: ignore[no-any-return]


def _replace_members(user: User, organization: Organization, given: Any) -> None:
    if not isinstance(given, list) or any(not isinstance(item, dict) for item in given):
        raise ValidationError({"users": ["Only lists of dicts can be placed against users"]})
    wanted = {_person(text(item, "name") or text(item, "id"), organization): _capacity(item, "capacity") for item in given}
    for membership in organization.memberships.select_related("user"):
        if membership.user not in wanted:
            set_membership(organization=organization, member=membership.user, capacity=None, user=user)
    for person, capacity in wanted.items():
        set_membership(organization=organization, member=person, capacity=capacity, user=user)


def _capacity(data: Parameters, key: str) -> str:
    capacity = text(data, key, Capacity.MEMBER)
    if capacity not in Capacity.values:
        raise ValidationError({key: [f"role does not exist: {capacity[:20]}"]})
    return capacity


def _person(name_or_id: str, organization: Organization) -> Any:
    """Somebody by user name, or a member by id."""
    found = get_user_model().objects.filter(username=name_or_id, is_active=True).first()
    for membership in organization.memberships.select_related("user") if found is None else ():
        if user_id(membership.user_id) == name_or_id:
            return membership.user
    if found is None:
        raise NotFound("User was not found.")
    return found


@action("organization_member_create")
def organization_member_create(user: User, data: Parameters) -> dict[str, Any]:
    """Let somebody work for an organization, or change as what.

    id (of the organization), username, role: member, editor or admin.
    """
    return _set_member(user, required(data, "id"), required(data, "username"), _capacity(data, "role"))


@action("organization_member_delete")
def organization_member_delete(user: User, data: Parameters) -> None:
    """Let somebody no longer work for an organization.

    id (of the organization), username.
    """
    _set_member(user, required(data, "id"), required(data, "username"), None)


@action("member_create")
def member_create(user: User, data: Parameters) -> dict[str, Any]:
    """Put a person into an organization, or a dataset into a group.

    id (of the organization or group), object (user name, or dataset), object_type: "user" or "package", capacity (people).
    """
    if text(data, "object_type") == "package":
        return _set_group(user, data, wanted=True)
    return _set_member(user, required(data, "id"), required(data, "object"), _capacity(data, "capacity"))


@action("member_delete")
def member_delete(user: User, data: Parameters) -> None:
    """Take a person out of an organization, or a dataset out of a group.

    id, object, object_type as for member_create.
    """
    if text(data, "object_type") == "package":
        _set_group(user, data, wanted=False)
        return
    _set_member(user, required(data, "id"), required(data, "object"), None)


def _set_member(user: User, organization: str, name: str, capacity: str | None) -> dict[str, Any]:
    row = find_collection(Organization.objects.all(), organization)
    if not can_administer(user, row):
        raise NotAuthorized("User not authorized to edit the members of this organization")
    person = _person(name, row)
    set_membership(organization=row, member=person, capacity=capacity, user=user)
    return _membership(row, user_id(person.pk), "user", capacity)


def _set_group(user: User, data: Parameters, *, wanted: bool) -> dict[str, Any]:
    group, dataset = find_collection(Group.objects.all(), required(data, "id")), find_dataset(user, required(data, "object"))
    others = [one for one in dataset.get_latest_revision_as_object().groups.all() if one.pk != group.pk]
    update_dataset(user=user, dataset=dataset, fields={}, groups=[*others, group] if wanted else others)
    return _membership(group, str(dataset.uuid), "package", "public")


def _membership(row: Organization | Group, key: str | None, kind: str, capacity: str | None) -> dict[str, Any]:
    state = "active" if capacity else "deleted"
    return {"id": f"{row.uuid}:{key}", "group_id": str(row.uuid), "table_id": key, "table_name": kind, "capacity": capacity, "state": state}


@action("member_list", side_effect_free=True)
def member_list(user: User, data: Parameters) -> list[list[str]]:
    """Who and what belongs to an organization or group, as [id, "user" or "package", capacity]. People only for its admins.

    id (of the organization or group), object_type: "user" or "package", capacity.
    """
    wanted = required(data, "id")
    try:
        row: Any = find_collection(Organization.objects.all(), wanted)
    except NotFound:
        row = find_collection(Group.objects.all(), wanted)
    found: list[list[str]] = []
    is_organization = isinstance(row, Organization)
    if is_organization and can_administer(user, row):
        found += [[str(user_id(member.user_id)), "user", member.capacity.capitalize()] for member in row.memberships.all()]
    datasets = visible_datasets(user).filter(**({"organization": row} if is_organization else {"groups": row}))
    kind = "organization" if is_organization else "public"
    found += [[str(key), "package", kind] for key in datasets.order_by("name").values_list("uuid", flat=True)]
    capacity = text(data, "capacity").lower()
    return [one for one in found if text(data, "object_type") in ("", one[1]) and capacity in ("", one[2].lower())]


@action("member_roles_list", side_effect_free=True)
def member_roles_list(user: User, data: Parameters) -> list[dict[str, str]]:
    """The capacities that people can have in an organization."""
    return [{"text": value.capitalize(), "value": value} for value in (Capacity.ADMIN, Capacity.EDITOR, Capacity.MEMBER)]
