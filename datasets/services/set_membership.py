"""Say who belongs to an organization."""

from typing import Any

from django.db import transaction

from datasets.models import Capacity, Membership, Organization
from datasets.policies import can_administer, require


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
