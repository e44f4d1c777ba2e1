"""Let a member of an organization into the admin."""

from typing import Any

from django.contrib.auth.models import Group as Role

PUBLISHER = "data publisher"


def open_admin(*, member: Any) -> None:
    """Put the member in the role "data publisher", which opens the admin; what they may do there is still decided per organization."""
    role, _created = Role.objects.get_or_create(name=PUBLISHER)
    member.groups.add(role)
