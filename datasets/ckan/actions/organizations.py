"""Organizations and groups: one kind of dictionary, one set of parameters."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from datasets.api.languages import source_text
from datasets.ckan.dictionaries.organization import group_dict, members
from datasets.ckan.errors import NotFound, ValidationError
from datasets.ckan.fields import in_languages
from datasets.ckan.lookups import find_collection
from datasets.ckan.registry import Parameters, User, action
from datasets.ckan.stored import packages
from datasets.ckan.values import boolean, natural, required, strings, text
from datasets.models import Capacity, Dataset, Group, Membership, Organization
from datasets.policies import can_manage, is_superuser
from datasets.selectors import groups, organizations, public, visible_datasets

MOST_NAMES, MOST_DICTIONARIES = 1000, 25
FIRST_DATASETS = 10


@action("organization_list", side_effect_free=True)
def organization_list(user: User, data: Parameters) -> list[Any]:
    """Names of the organizations that publish here.

    sort ("title asc"; name, title, package_count), limit, offset, organizations (names), q (text in name, title, description),
    all_fields (dictionaries, at most 25 at once), include_dataset_count (true), include_extras, include_groups.
    """
    return _list(organizations(), "organizations", data)


@action("group_list", side_effect_free=True)
def group_list(user: User, data: Parameters) -> list[Any]:
    """Names of the groups (themes) of datasets.

    The parameters of organization_list; `groups` instead of `organizations` for names.
    """
    return _list(groups(), "groups", data)


@action("organization_show", side_effect_free=True)
def organization_show(user: User, data: Parameters) -> dict[str, Any]:
    """One organization.

    id: its name or id. include_datasets (false; the first ten), include_dataset_count (true), include_extras, include_groups,
    include_followers (true), include_member_count (false).
    """
    organization = find_collection(organizations(), required(data, "id"))
    return _shown(user, organization, visible_datasets(user).filter(organization=organization), data)


@action("group_show", side_effect_free=True)
def group_show(user: User, data: Parameters) -> dict[str, Any]:
    """One group. The parameters of organization_show."""
    group = find_collection(groups(), required(data, "id"))
    return _shown(user, group, visible_datasets(user).filter(groups=group), data)


@action("group_package_show", side_effect_free=True)
def group_package_show(user: User, data: Parameters) -> list[Any]:
    """A group's (or organization's) datasets.

    id: its name or id. limit.
    """
    wanted = required(data, "id")
    try:
        found = visible_datasets(user).filter(groups=find_collection(groups(), wanted))
    except NotFound:
        found = visible_datasets(user).filter(organization=find_collection(organizations(), wanted))
    return _newest(found, user, natural(data, "limit", 1000, most=1000))


@action("organization_list_for_user", side_effect_free=True)
def organization_list_for_user(user: User, data: Parameters) -> list[dict[str, Any]]:
    """The organizations the caller may act for, with the caller's capacity there; nothing for callers without a token.

    permission ("manage_group"): "read" for every membership, "create_dataset" or "update_dataset" for editors, else for admins.
    include_dataset_count (false).
    """
    if not user.is_authenticated:
        return []
    held = dict(Membership.objects.filter(user=user).values_list("organization_id", "capacity"))
    if is_superuser(user):
        held = dict.fromkeys(Organization.objects.values_list("pk", flat=True), Capacity.ADMIN)
    wanted = _capacities(text(data, "permission", "manage_group"))
    found = []
    for organization in organizations().filter(pk__in=[key for key, capacity in held.items() if capacity in wanted]):
        row = group_dict(organization)
        if boolean(data, "include_dataset_count", False):
            row["package_count"] = organization.dataset_count
        found.append({**row, "capacity": held[organization.pk]})
    return sorted(found, key=lambda row: str(row["title"]))


@action("group_list_authz", side_effect_free=True)
def group_list_authz(user: User, data: Parameters) -> list[dict[str, Any]]:
    """The groups that the caller may change. (Every editor may put datasets into any group.)"""
    return [group_dict(group) for group in groups() if can_manage(user, group)]


@action("organization_autocomplete", side_effect_free=True)
def organization_autocomplete(user: User, data: Parameters) -> list[dict[str, str]]:
    """Organizations whose name or title contains q; limit (20)."""
    return _complete(Organization.objects.all(), data)


@action("group_autocomplete", side_effect_free=True)
def group_autocomplete(user: User, data: Parameters) -> list[dict[str, str]]:
    """Groups whose name or title contains q; limit (20)."""
    return _complete(Group.objects.all(), data)


def _capacities(permission: str) -> set[str]:
    if permission == "read":
        return set(Capacity.values)
    if permission in ("create_dataset", "update_dataset", "delete_dataset"):
        return {Capacity.ADMIN, Capacity.EDITOR}
    return {Capacity.ADMIN}


def _list(found: QuerySet[Any], names: str, data: Parameters) -> list[Any]:
    if wanted := strings(data, names, split=","):
        found = found.filter(name__in=wanted)
    if word := text(data, "q"):
        found = found.filter(_contains(word, "name", *in_languages("title"), *in_languages("description")))
    every = boolean(data, "all_fields", False)
    most = MOST_DICTIONARIES if every else MOST_NAMES
    rows = sorted(found, key=_sort_key(data)[0], reverse=_sort_key(data)[1])
    start = natural(data, "offset", 0)
    rows = rows[start : start + natural(data, "limit", most, most=most)]
    if not every:
        return [row.name for row in rows]
    return [_listed(row, data) for row in rows]


def _listed(row: Any, data: Parameters) -> dict[str, Any]:
    found = {**group_dict(row), "num_followers": 0}
    if boolean(data, "include_dataset_count", True):
        found["package_count"] = row.dataset_count
    for key in ("extras", "groups", "users"):
        if boolean(data, f"include_{key}", False):
            found[key] = []
    return found


def _sort_key(data: Parameters) -> tuple[Callable[[Any], Any], bool]:
    """The key and whether it runs backwards; the number of datasets alone means most first."""
    name, _space, direction = text(data, "sort", "title asc").strip().partition(" ")
    keys: dict[str, Callable[[Any], Any]] = {
        "name": lambda row: row.name,
        "title": lambda row: (source_text(row, "title") or row.name, row.name),
        "display_name": lambda row: (source_text(row, "title") or row.name, row.name),
        "package_count": lambda row: row.dataset_count,
        "packages": lambda row: row.dataset_count,
    }
    direction = direction.strip().lower() or ("desc" if name in ("packages", "package_count") else "asc")
    if name not in keys or direction not in ("asc", "desc"):
        raise ValidationError({"sort": ["Cannot sort by this field"]})
    return keys[name], direction == "desc"


def _shown(user: User, row: Any, datasets: QuerySet[Dataset], data: Parameters) -> dict[str, Any]:
    found = {**group_dict(row), "extras": [], "groups": []}
    if boolean(data, "include_users", True):
        found["users"] = members(user, row) if isinstance(row, Organization) else []
    if boolean(data, "include_dataset_count", True):
        found["package_count"] = row.dataset_count
    if boolean(data, "include_followers", True):
        found["num_followers"] = 0
    if boolean(data, "include_member_count", False) and isinstance(row, Organization):
        found["member_count"] = row.memberships.count()
    for key in ("extras", "groups"):
        if not boolean(data, f"include_{key}", True):
            del found[key]
    if boolean(data, "include_datasets", False):
        found["packages"] = _newest(datasets, user, FIRST_DATASETS)
    return found


def _newest(datasets: QuerySet[Dataset], user: Any, limit: int) -> list[Any]:
    return packages(user, list(datasets.filter(public()).order_by("-modified", "pk").values_list("pk", flat=True)[:limit]))


def _complete(found: QuerySet[Any], data: Parameters) -> list[dict[str, str]]:
    word = required(data, "q")
    rows = found.filter(_contains(word, "name", *in_languages("title"))).order_by("name")[: natural(data, "limit", 20)]
    return [{"id": str(row.uuid), "name": row.name, "title": source_text(row, "title") or row.name} for row in rows]


def _contains(word: str, *paths: str) -> Q:
    found = Q()
    for path in paths:
        found |= Q(**{f"{path}__icontains": word})
    return found
