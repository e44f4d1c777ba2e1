"""A person (or a program) says how a file is to be read and what its columns mean."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from datasets.models import State, Version
from datasets.policies import can_edit, require

from .settle_version import changes_nothing

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
