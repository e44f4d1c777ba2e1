"""What happens when a version has found its state: "no change", or publication where that was asked for."""

from typing import Any

from datasets.models import State, Version
from datasets.models.version import PUBLISHABLE
from datasets.policies import can_publish
from datasets.tabular.findings import find_in_text

from .publish_version import make_current


def predecessor(version: Version) -> Version | None:
    """The newest earlier version that was checked or kept."""
    earlier = Version.objects.filter(resource_id=version.resource_id, number__lt=version.number, state__in=PUBLISHABLE)
    return earlier.order_by("-number").first()


def changes_nothing(version: Version, schema: Any, dialect: Any) -> bool:
    """The same bytes, read in the same way, as the predecessor."""
    before = predecessor(version)
    return before is not None and before.data_file_id == version.data_file_id and before.schema == schema and before.dialect == dialect


def hold_if_personal(version: Version, *, refused: bool = False) -> None:
    """Holds a kept file of text (not saved here) in which people could be found, or which was `refused` before anyone looked."""
    found = find_in_text(version.data_file.absolute_path, version.detection.get("media_type", ""), refused=refused)
    version.findings, version.held = found.to_dict(), bool(found.findings)


def publish_if_wanted(version: Version) -> None:
    """Publish a valid or kept version sent with that wish and not held, if its dataset is live and its sender may publish now."""
    wanted = version.publish_when_valid and version.state in (State.VALID, State.KEPT) and version.published is None and not version.held
    if wanted and version.resource.dataset.live and can_publish(version.created_by, version):
        make_current(version, user=version.created_by)
