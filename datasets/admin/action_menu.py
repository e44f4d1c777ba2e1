"""The buttons under the form of a dataset: only what this person may do with this one."""

from typing import Any

from wagtail.permissions import policy_registry

from datasets.models import Dataset


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
