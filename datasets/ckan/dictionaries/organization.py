"""Organizations and groups: the short form inside a dataset, the long one of `organization_show`, `group_show` and the lists."""

from typing import Any

from datasets.api.languages import source_text
from datasets.ckan.times import naive_utc
from datasets.models import Group, Organization


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
