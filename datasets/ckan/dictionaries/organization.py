"""Organizations and groups: the short form inside a dataset, the long one of `organization_show`, `group_show` and the lists."""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from datasets.api.languages import source_text
from datasets.ckan.times import naive_utc
from datasets.models import Group, Membership, Organization
from datasets.policies import can_administer


def user_id(key: int | None) -> str | None:
    """A stable id for a person, without telling the number inside."""
    return str(uuid5(NAMESPACE_URL, f"user:{key}")) if key else None


def organization_of_dataset(organization: Organization) -> dict[str, Any]:
    return {
        "id": str(organization.uuid),
        "name": organization.name,
        "title": source_text(organization, "title") or organization.name,
        "type": "organization",
        "description": source_text(organization, "description"),
        "image_url": "",
        "created": naive_utc(organization.created),
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def group_of_dataset(group: Group) -> dict[str, Any]:
    title = source_text(group, "title") or group.name
    return {
        "id": str(group.uuid),
        "name": group.name,
        "title": title,
        "display_name": title,
        "description": source_text(group, "description"),
        "image_display_url": "",
    }


def group_dict(group: Organization | Group) -> dict[str, Any]:
    """What every form of an organization or group has; `package_count` where the row was annotated with it."""
    is_organization = isinstance(group, Organization)
    title = source_text(group, "title") or group.name
    found: dict[str, Any] = {
        "id": str(group.uuid),
        "name": group.name,
        "title": title,
        "display_name": title,
        "description": source_text(group, "description"),
        "type": "organization" if is_organization else "group",
        "is_organization": is_organization,
        "approval_status": "approved",
        "state": "active",
        "created": naive_utc(group.created),
        "image_url": "",
        "image_display_url": "",
        "is_sample": group.is_sample,
    }
    if hasattr(group, "package_count"):
        found["package_count"] = group.package_count
    return found


def members(user: Any, organization: Organization) -> list[dict[str, Any]]:
    """Its people, for those who administer it; for others nobody: who works there is nobody's business but theirs."""
    if not can_administer(user, organization):
        return []
    found = []
    for membership in Membership.objects.filter(organization=organization).select_related("user"):
        person = membership.user
        full = person.get_full_name()
        shown = {"id": user_id(person.pk), "name": person.get_username(), "fullname": full or None, "display_name": full or person.username}
        found.append({**shown, "state": "active", "capacity": membership.capacity})
    return found
