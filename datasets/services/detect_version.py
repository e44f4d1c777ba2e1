"""Find out what was uploaded: the body of the first task."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from datasets.models import State, Version
from datasets.tabular import Detection, detect

from .propose_schema import propose_schema
from .read_sample import read_sample
from .settle_version import changes_nothing, predecessor, publish_if_wanted


def _settle(version: Version, found: Detection) -> bool:
    """Write what was found into the (locked) version; True when it goes on to validation without asking."""
    if not version.data_file.media_type or found.media_type not in ("text/plain", "application/octet-stream"):
        type(version.data_file).objects.filter(pk=version.data_file_id).update(media_type=found.media_type)
    version.detection = found.to_dict()
    refusal = found.refusal
    if refusal is not None:
        version.state, version.problem = State.REFUSED, refusal.to_dict()
        return False
    if not found.is_table:
        version.dialect, version.schema = {}, {}
        version.state = State.NO_CHANGE if changes_nothing(version, {}, {}) else State.KEPT
        return False
    before = predecessor(version)
    same_bytes = before is not None and before.data_file_id == version.data_file_id
    dialect: Mapping[str, Any] = version.dialect or (before.dialect if before is not None and same_bytes else found.dialect)
    schema: Mapping[str, Any] = version.schema or propose_schema(detected=found.schema, known=before.schema if before else None)
    version.dialect, version.schema = dict(dialect), dict(schema)
    if changes_nothing(version, version.schema, version.dialect):
        version.state = State.NO_CHANGE
        return False
    version.state = State.CONFIRMED if version.automatic else State.DETECTED
    return version.automatic


def detect_version(*, version: Version) -> Version:
    """The version with its `detection`: "detected" (a person confirms), "confirmed" (validation queued), "kept", "refused" or "no_change".

    Does nothing to a version that is past "received": a task that ran twice gives the same as one that ran once.
    """
    from datasets.tasks import validate

    if version.state != State.RECEIVED:
        return version
    path = version.data_file.absolute_path
    found = detect(path, filename=version.filename)
    if version.dialect and not version.schema and found.kind != "file":
        # Somebody has said how the file is to be read; the sample and the proposal follow that.
        found = read_sample(path, found, version.dialect)
    with transaction.atomic():
        version = Version.objects.select_for_update().get(pk=version.pk)
        if version.state != State.RECEIVED:
            return version
        go_on = _settle(version, found)
        version.save()
        if go_on:
            validate.enqueue(version.pk)
        publish_if_wanted(version)
    return version
