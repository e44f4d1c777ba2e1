"""What stood at an address whose data were withdrawn: title, since when, why, by whom, and what takes its place."""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .models import Dataset, Organization, Resource
from .selectors import as_uuid
from .views.speech import speak

WITHDRAWN_BY_SOURCE = gettext_noop("The catalogue it was taken from no longer has it.")
_ADDRESS = re.compile(r"/(datasets?|resources?|versions?|dump)/([\w-]+)")


@dataclass(frozen=True, slots=True)
class Tombstone:
    """`thing` still knows its title in each language; `reason` is "" where the publisher gave none."""

    thing: Dataset | Resource
    since: datetime
    reason: str
    organization: Organization
    replaced_by: str

    def for_programs(self) -> dict[str, str]:
        """The members of a problem document."""
        title, _language = speak(self.thing, self.text_field)
        members = {"withdrawn": self.since.isoformat(), "reason": self.reason, "organization": self.organization.name}
        return {"name": title, **members, "replaced_by": self.replaced_by}

    @property
    def text_field(self) -> str:
        return "title" if isinstance(self.thing, Dataset) else "name"


def tombstone_at(path: str) -> Tombstone | None:
    """Of the public dataset, file or version at any address under which it was had, for people or programs; None: there was none."""
    if path.startswith("/admin/"):
        return None
    for kind, key in reversed(_ADDRESS.findall(path)):
        thing = _dataset(key) if kind.startswith("dataset") else _resource(kind, key)
        if thing is not None and thing.deleted_at is not None:
            dataset = thing if isinstance(thing, Dataset) else thing.dataset
            reason = _(thing.deleted_reason) if thing.deleted_reason else ""
            return Tombstone(thing, thing.deleted_at, reason, dataset.organization, thing.replaced_by)
    return None


def _dataset(key: str) -> Dataset | None:
    uuid = as_uuid(key)
    named = Q(uuid=uuid) if uuid else Q(name=key) | Q(former_names__name=key)
    # What was never public is not told.
    public = Dataset.objects.filter(named, live=True, private=False, deleted_at__isnull=False)
    return public.select_related("organization").first()


def _resource(kind: str, key: str) -> Dataset | Resource | None:
    uuid = as_uuid(key)
    if uuid is None:
        return None
    named = Q(versions__uuid=uuid, versions__published__isnull=False) if kind.startswith("version") else Q(uuid=uuid)
    offered = Q(current__isnull=False) | ~Q(link_url="")
    found = Resource.objects.filter(named, offered, dataset__live=True, dataset__private=False)
    resource = found.select_related("dataset__organization").first()
    if resource is None:
        return None
    return resource if resource.deleted_at is not None else resource.dataset
