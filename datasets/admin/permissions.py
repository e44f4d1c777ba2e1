"""Wagtail's questions about rights, answered by organization.

Wagtail asks its policies about a model; nearly all of its snippet views stop there. `OrganizationPolicy` answers for some dataset of the
user's organizations, `for_row` gives a policy that answers every question for one row, and `OrganizationGuard` puts that into every view.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from datasets import policies
from datasets.models import Capacity, Dataset, Organization
from datasets.policies import capacities, is_superuser, publishing_organizations


class RowPolicy(ModelPermissionPolicy):
    """A policy that answers each question for one row, also where a view asks only about the model."""

    def __init__(self, policy: "OwnedPolicy", row: Any) -> None:
        super().__init__(policy.model)
        self.policy, self.row = policy, row

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.policy.user_has_permission_for_instance(user, action, self.row)

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.policy.user_has_permission_for_instance(user, action, instance)


class OwnedPolicy(ModelPermissionPolicy):
    """Model permissions say which screens a person knows; membership says for whose rows."""

    def row(self, instance: Any) -> Any:
        """The row as it is in the database: a draft may say anything about its owner."""
        return self.model._default_manager.filter(pk=instance.pk).first() or instance

    def allows(self, user: Any, action: str, row: Any) -> bool:
        raise NotImplementedError

    def mine(self, user: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return super().user_has_permission(user, action) and self.allows(user, action, self.row(instance))

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet[Any]:
        if any(ModelPermissionPolicy.user_has_permission(self, user, action) for action in actions):
            return self.mine(user)
        return self.model._default_manager.none()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Any) -> QuerySet[Any]:
        users = get_user_model().objects.filter(is_active=True)
        keys = [user.pk for user in users if any(self.user_has_permission_for_instance(user, action, instance) for action in actions)]
        return users.filter(pk__in=keys)

    def for_row(self, row: Any) -> RowPolicy:
        return RowPolicy(self, row)


class DatasetPolicy(OwnedPolicy):
    """Datasets belong to their organization."""

    RULES: dict[str, Callable[[Any, Any], bool]] = {
        "view": lambda user, row: is_superuser(user) or row.organization_id in capacities(user),
        "add": policies.can_edit,
        "change": policies.can_edit,
        "delete": policies.can_delete,
        "publish": policies.can_publish,
        "lock": policies.can_publish,
        "unlock": policies.can_publish,
    }

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not super().user_has_permission(user, action):
            return False
        if is_superuser(user):
            return True
        if action in ("publish", "lock", "unlock"):
            return bool(publishing_organizations(user))
        if action == "view":
            return bool(capacities(user))
        return bool(policies.editing_organizations(user))

    def allows(self, user: Any, action: str, row: Dataset) -> bool:
        rule = self.RULES.get(action)
        return row.deleted_at is None and rule is not None and rule(user, row)

    def mine(self, user: Any) -> QuerySet[Dataset]:
        rows = Dataset.objects.filter(deleted_at__isnull=True)
        return rows if is_superuser(user) else rows.filter(organization__in=capacities(user))


class OrganizationPolicy(OwnedPolicy):
    """An organization is changed by its admins; made and deleted by superusers."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if not super().user_has_permission(user, action):
            return False
        if is_superuser(user):
            return True
        return bool(capacities(user)) if action == "view" else Capacity.ADMIN in capacities(user).values()

    def allows(self, user: Any, action: str, row: Organization) -> bool:
        if action == "view":
            return is_superuser(user) or row.pk in capacities(user)
        return policies.can_administer(user, row)

    def mine(self, user: Any) -> QuerySet[Organization]:
        return Organization.objects.all() if is_superuser(user) else Organization.objects.filter(pk__in=capacities(user))


def offer_what_is_allowed(items: list[Any], request: Any, context: dict[str, Any]) -> None:
    """Take away publishing, withdrawing and deleting where the organization does not allow it; Wagtail asks about the model only."""
    if context.get("model") is not Dataset and not isinstance(context.get("instance"), Dataset):
        return
    policy, instance = policy_registry.get_by_type(Dataset), context.get("instance")

    def may(action: str) -> bool:
        if instance is not None and instance.pk:
            return bool(policy.user_has_permission_for_instance(request.user, action, instance))
        return bool(policy.user_has_permission(request.user, action))

    forbidden = {
        name
        for name, action in (("action-publish", "publish"), ("action-unpublish", "publish"), ("action-delete", "delete"))
        if not may(action)
    }
    items[:] = [item for item in items if getattr(item, "name", None) not in forbidden]
