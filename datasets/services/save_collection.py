"""Make or change an organization or a group."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Group, Organization
from datasets.policies import can_manage, require

Collection = TypeVar("Collection", Organization, Group)


@transaction.atomic
def save_collection(*, collection: Collection, user: Any, fields: Mapping[str, Any]) -> Collection:
    """The saved row, a new one where `collection` is not saved yet. `fields`: columns, texts per language (`title_km` …).

    PermissionDenied; ValidationError by field, also where no language has a title.
    """
    require(can_manage(user, collection))
    for name, value in fields.items():
        setattr(collection, name, value)
    collection.full_clean()
    if not any(getattr(collection, f"title_{language}", "") for language in ("km", "en", "zh_hans")):
        raise ValidationError({"title": _("Give a title in at least one language.")})
    collection.save()
    return collection
