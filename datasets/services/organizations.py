"""Organizations, groups of datasets, and who belongs to an organization."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import Group as Role
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import Capacity, Dataset, Group, Membership, Organization
from datasets.policies import can_administer, can_manage, require

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


@transaction.atomic
def delete_collection(*, collection: Organization | Group, user: Any) -> None:
    """The row is gone; a group's datasets lose the group. PermissionDenied; ValidationError for an organization that has or had any."""
    require(can_manage(user, collection, delete=True))
    field = "organization" if isinstance(collection, Organization) else "groups"
    datasets = list(Dataset.objects.filter(**{field: collection}))
    if field == "organization" and datasets:
        raise ValidationError(_("This organization has datasets. Move or purge them first."))
    collection.delete()
    for dataset in datasets:
        dataset.touch()


@transaction.atomic
def set_membership(*, organization: Organization, member: Any, capacity: str | None, user: Any) -> Membership | None:
    """`member` with this capacity (admin, editor, member), or out of the organization for None. PermissionDenied.

    A member is put in the role "data publisher" (`open_admin`).
    """
    require(can_administer(user, organization))
    if capacity is None:
        Membership.objects.filter(organization=organization, user=member).delete()
        return None
    membership, _created = Membership.objects.update_or_create(
        organization=organization, user=member, defaults={"capacity": Capacity(capacity)}
    )
    return membership


PUBLISHER = "data publisher"


def open_admin(*, member: Any) -> None:
    """Put the member in the role "data publisher", which opens the admin; what they may do there is still decided per organization."""
    role, _created = Role.objects.get_or_create(name=PUBLISHER)
    member.groups.add(role)
