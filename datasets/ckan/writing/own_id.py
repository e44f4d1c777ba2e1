"""Ids that a client brings along, so that what was dumped elsewhere can be loaded under the same ids."""

from typing import Any

from datasets.ckan.errors import ValidationError
from datasets.ckan.registry import User
from datasets.ckan.values import text
from datasets.policies import is_superuser
from datasets.selectors import as_uuid


def own_id(user: User, data: dict[str, Any], model: Any) -> dict[str, Any]:
    """`{"uuid": …}` for a superuser who gives a free id, else {}: others' is passed over, as it may be anybody's."""
    key = as_uuid(text(data, "id"))
    if key is None or not is_superuser(user):
        return {}
    if model.objects.filter(uuid=key).exists():
        raise ValidationError({"id": ["This id is already in use."]})
    return {"uuid": key}
