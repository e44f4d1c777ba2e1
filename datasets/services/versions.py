"""A version from its bytes to its state: made, confirmed, read again, kept, described anew, settled."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from datasets.models import DataFile, Resource, State, Version
from datasets.models.version import PUBLISHABLE
from datasets.policies import can_edit, can_publish, require
from datasets.tabular.findings import find_in_text

from .publication import make_current


def tidy_filename(filename: str) -> str:
    """The last part of `filename` without control characters and path signs, at most 255 characters with its ending; else "file"."""
    name = PurePosixPath(filename.replace("\\", "/")).name
    name = "".join(character for character in name if character.isprintable() and character not in '"<>|:*?').strip(" .")
    if len(name) > 255:
        suffix = PurePosixPath(name).suffix[:20]
        name = name[: 255 - len(suffix)] + suffix
    return name or "file"


def next_number(resource: Resource) -> int:
    """The number of the resource's next version. Call inside a transaction: the resource stays locked until its end."""
    Resource.objects.select_for_update().get(pk=resource.pk)
    return int(resource.versions.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def create_version(
    *,
    resource: Resource,
    data_file: DataFile,
    filename: str,
    user: Any,
    note: str = "",
    confirm: bool = False,
    publish: bool = False,
    dialect: Mapping[str, Any] | None = None,
    schema: Mapping[str, Any] | None = None,
    mends: Sequence[Mapping[str, Any]] = (),
) -> Version:
    """The version, in state "received", with its detection queued.

    `confirm`: nobody will be asked; what is detected (or given as `dialect` and `schema`, Frictionless) is taken and validated at once.
    `publish`: when it turns out valid, or is kept as it is, and the dataset is live, and `user` may publish then: it is published.
    `mends`: what is done to the bytes first (`apply_mends`).
    Raises PermissionDenied unless the user may edit the dataset.
    """
    from datasets.tasks import detect

    require(can_edit(user, resource))
    version = Version.objects.create(
        resource=resource,
        number=next_number(resource),
        data_file=data_file,
        filename=tidy_filename(filename),
        created_by=user,
        note=note,
        automatic=confirm,
        publish_when_valid=publish,
        dialect=dict(dialect or {}),
        schema=dict(schema or {}),
        mends=list(mends),
    )
    detect.enqueue(version.pk)
    return version


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


CONFIRMABLE = (State.DETECTED, State.VALID, State.INVALID)


class NotConfirmable(ValidationError):
    """The version is being worked on, is published, or is no table."""


def check_schema(schema: Mapping[str, Any]) -> None:
    """ValidationError unless frictionless accepts `schema` as a Table Schema with at least one field and no name twice."""
    from frictionless import FrictionlessException, Schema

    try:
        names = [field.name for field in Schema.from_descriptor(dict(schema)).fields]
    except FrictionlessException as error:
        notes = [reason.note for reason in error.reasons] or [error.error.note]
        raise ValidationError(
            _("The description of the columns is not valid: %(notes)s"), code="schema", params={"notes": "; ".join(notes)}
        ) from error
    if not names:
        raise ValidationError(_("The table needs at least one column."), code="schema")


def is_confirmable(version: Version) -> bool:
    """It is a table, at rest and not published; or it was refused only after a confirmation that can be mended."""
    mendable = version.state == State.REFUSED and bool(version.schema)
    return version.published is None and (version.state in CONFIRMABLE or mendable)


@transaction.atomic
def confirm_version(*, version: Version, dialect: Mapping[str, Any], schema: Mapping[str, Any], user: Any) -> Version:
    """The version, "confirmed" with its validation queued, or "no_change" when neither bytes nor schema differ from the one before.

    Raises PermissionDenied, NotConfirmable, or ValidationError for a schema that is none.
    """
    from datasets.tasks import validate

    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_edit(user, version))
    if not is_confirmable(version):
        raise NotConfirmable(_("This version cannot be changed now: it is published, being worked on, or not a table."))
    check_schema(schema)
    version.dialect, version.schema = dict(dialect), dict(schema)
    version.report, version.problem, version.error_count, version.accepted_errors = {}, {}, 0, False
    if changes_nothing(version, version.schema, version.dialect):
        version.state = State.NO_CHANGE
        version.save()
        return version
    version.state = State.CONFIRMED
    version.save()
    validate.enqueue(version.pk)
    return version


def is_rereadable(version: Version) -> bool:
    """Its kind is known, and it is not published or being worked on."""
    kind = version.detection.get("kind", "file")
    tried = version.state == State.REFUSED and kind != "file"
    return version.published is None and kind != "file" and (is_confirmable(version) or tried)


@transaction.atomic
def reread_version(*, version: Version, dialect: Mapping[str, Any], user: Any) -> Version:
    """The version, "received" again with its detection queued; `dialect` says how to read. PermissionDenied, NotConfirmable."""
    from datasets.tasks import detect

    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_edit(user, version))
    if not is_rereadable(version):
        raise NotConfirmable(_("This file cannot be read in another way."))
    if not dialect:
        raise ValidationError(_("Say how the file is to be read."))
    version.dialect, version.schema = dict(dialect), {}
    version.problem, version.report, version.error_count = {}, {}, 0
    version.state, version.automatic = State.RECEIVED, False
    version.save()
    detect.enqueue(version.pk)
    return version


# Bytes that are not what their name says, or nothing at all, help nobody; programs may harm.
USELESS = frozenset({"empty-file", "binary-content", "missing-file", "zip-bomb", "broken-archive", "program"})


def is_keepable(version: Version) -> bool:
    return version.state == State.REFUSED and version.problem.get("code") not in USELESS


@transaction.atomic
def keep_version(*, version: Version, user: Any) -> Version:
    """The refused version, "kept": it can be published without table and report. PermissionDenied, ValidationError."""
    version = Version.objects.select_for_update().get(pk=version.pk)
    require(can_edit(user, version))
    if not is_keepable(version):
        raise ValidationError(_("This file cannot be offered as it is."))
    version.state, version.parquet, version.row_count, version.schema, version.dialect = State.KEPT, "", None, {}, {}
    hold_if_personal(version, refused=True)
    version.save()
    return version


@transaction.atomic
def revise_version(*, version: Version, user: Any) -> Version:
    """A new version of the same file in state "detected", with the schema of `version` to start from.

    Published versions never change, so this is how a column's label, type or rule is corrected. PermissionDenied, ValidationError.
    """
    require(can_edit(user, version))
    if not version.schema:
        raise ValidationError(_("Only a table has columns to describe."))
    return Version.objects.create(
        resource=version.resource,
        number=next_number(version.resource),
        data_file=version.data_file,
        filename=version.filename,
        state=State.DETECTED,
        detection=version.detection,
        dialect=version.dialect,
        schema=version.schema,
        created_by=user,
    )
