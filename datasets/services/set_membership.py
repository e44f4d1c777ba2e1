"""Say who belongs to an organization."""

from typing import Any

from django.contrib.auth.models import Group as Role
from django.db import transaction

from datasets.models import Capacity, Membership, Organization
from datasets.policies import can_administer, require

PUBLISHER = "data publisher"


@transaction.atomic
def set_membership(*, organization: Organization, member: Any, capacity: str | None, user: Any) -> Membership | None:
    """`member` with this capacity (admin, editor, member), or out of the organization for None. PermissionDenied.

    A member is put in the role "data publisher", which opens the admin; what they may do there is still decided per organization.
    """
    require(can_administer(user, organization))
    if capacity is None:
        Membership.objects.filter(organization=organization, user=member).delete()
        return None
    membership, _created = Membership.objects.update_or_create(
        organization=organization, user=member, defaults={"capacity": Capacity(capacity)}
    )
    member.groups.add(Role.objects.get(name=PUBLISHER))
    return membership
