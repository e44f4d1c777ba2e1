"""Who may do what with an organization and what it publishes. Admin, API and services all ask here; nothing else decides.

Membership says for which organization, its capacity says what: a member sees drafts and private datasets, an editor edits and
uploads, an admin publishes and manages members. A member of any capacity who is also in the group "reviewer" edits and publishes too.
Superusers do everything.
"""

from typing import Any

from django.core.exceptions import PermissionDenied

from .models import Capacity, Dataset, Group, Membership, Organization, Resource, Version

REVIEWER = "reviewer"
EDITING = (Capacity.EDITOR, Capacity.ADMIN)
Subject = Organization | Dataset | Resource | Version


def organization_id(subject: Subject) -> int:
    """The key of the organization that `subject` belongs to."""
    if isinstance(subject, Organization):
        return int(subject.pk)
    if isinstance(subject, Version):
        subject = subject.resource
    if isinstance(subject, Resource):
        subject = subject.dataset
    return int(subject.organization_id)


def capacities(user: Any) -> dict[int, str]:
    """Organization key -> capacity of an active `user`; asked once per request (kept on the user object)."""
    if user is None or not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_capacities"):
        user._capacities = dict(Membership.objects.filter(user=user).values_list("organization_id", "capacity"))
    return dict(user._capacities)


def is_reviewer(user: Any) -> bool:
    if not hasattr(user, "_is_reviewer"):
        user._is_reviewer = user.groups.filter(name=REVIEWER).exists()
    return bool(user._is_reviewer)


def is_superuser(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.is_superuser)


def can_edit(user: Any, subject: Subject) -> bool:
    """Change the description, add resources, upload. Who may publish may also mend."""
    return is_superuser(user) or organization_id(subject) in editing_organizations(user)


def editing_organizations(user: Any) -> list[int]:
    """Keys of the organizations for which the user may edit (superusers are not asked about here)."""
    return _organizations(user, EDITING)


def publishing_organizations(user: Any) -> list[int]:
    """Keys of the organizations for which the user may publish (superusers are not asked about here)."""
    return _organizations(user, (Capacity.ADMIN,))


def _organizations(user: Any, enough: tuple[Capacity, ...]) -> list[int]:
    mine = capacities(user)
    reviews = bool(mine) and is_reviewer(user)
    return [key for key, capacity in mine.items() if capacity in enough or reviews]


def can_publish(user: Any, subject: Subject) -> bool:
    """Make public, withdraw, approve, unlock, delete what is public."""
    return is_superuser(user) or organization_id(subject) in publishing_organizations(user)


def can_delete(user: Any, subject: Subject) -> bool:
    """An editor may throw away a draft; what has been public needs somebody who publishes."""
    if isinstance(subject, Dataset) and subject.is_new:
        return can_edit(user, subject)
    return can_administer(user, subject)


def can_administer(user: Any, subject: Subject) -> bool:
    """Change the organization itself and who belongs to it; delete and rename what it has published."""
    return is_superuser(user) or capacities(user).get(organization_id(subject)) == Capacity.ADMIN


def can_manage(user: Any, collection: Organization | Group, *, delete: bool = False) -> bool:
    """Make, change, delete an organization (superusers; its admins change it) or a group (by Django's permissions)."""
    if isinstance(collection, Group):
        deed = "delete" if delete else "change" if collection.pk else "add"
        return bool(user is not None and user.has_perm(f"datasets.{deed}_group"))
    return is_superuser(user) or (not delete and collection.pk is not None and can_administer(user, collection))


def require(allowed: bool) -> None:
    """PermissionDenied unless `allowed`."""
    if not allowed:
        raise PermissionDenied
