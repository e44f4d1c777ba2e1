"""Find out what was uploaded: the body of the first task."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from datasets.models import State, Version
from datasets.selectors import crosswalk
from datasets.tabular import Detection, detect
from datasets.tabular.findings import suggest_kinds

from .mends import apply_mends
from .versions import changes_nothing, hold_if_personal, predecessor, publish_if_wanted

MARKS = ("decimalChar", "groupChar")


def propose_schema(*, detected: Mapping[str, Any], known: Mapping[str, Any] | None, decimal: str | None = None) -> dict[str, Any]:
    """The detected Table Schema, in which each field that `known` (an earlier, confirmed one) has under the same name is as it was there.

    `decimal`: somebody said how numbers are written in this file, so their marks are as detected.
    When the columns are the same as before, schema-wide keys (missing values, primary key, foreign keys) are kept too.
    """
    if not known:
        return dict(detected)
    before = {field.get("name"): field for field in known.get("fields", [])}
    fields = [before.get(field.get("name"), field) for field in detected.get("fields", [])]
    if decimal:
        pairs = zip(fields, detected.get("fields", []), strict=True)
        fields = [{key: value for key, value in was.items() if key not in MARKS} | _marks(was, now) for was, now in pairs]
    same = {field.get("name") for field in fields} == set(before)
    return {**detected, **({key: value for key, value in known.items() if key != "fields"} if same else {}), "fields": fields}


def _marks(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {key: now[key] for key in MARKS if key in now and was.get("type") == now.get("type")}


def _look(version: Version) -> Detection:
    """The file as somebody said it is to be read; else as the version before was, where that gives the same columns; else as it seems."""
    path, filename = version.data_file.absolute_path, version.filename
    if version.dialect:
        return detect(path, filename=filename, dialect=version.dialect)
    found, before = detect(path, filename=filename), predecessor(version)
    if before is None or not before.dialect or before.dialect == found.dialect:
        return found
    certain = found.encoding is not None and found.encoding_certain
    known = {key: value for key, value in before.dialect.items() if key != "encoding" or not certain}
    again = detect(path, filename=filename, dialect=known)
    return again if again.is_table and _names(again.schema) == _names(before.schema) else found


def _names(schema: Mapping[str, Any]) -> list[Any]:
    return [field.get("name") for field in schema.get("fields", [])]


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
        hold_if_personal(version)
        return False
    before = predecessor(version)
    proposed = suggest_kinds(found.schema, found.sample, crosswalk())
    same_bytes = before is not None and before.data_file_id == version.data_file_id
    dialect = before.dialect if before is not None and same_bytes and not version.dialect else found.dialect
    known = before.schema if before else None
    schema = version.schema or propose_schema(detected=proposed, known=known, decimal=found.dialect.get("decimalChar"))
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
    version = apply_mends(version)
    found = _look(version)
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
