"""Mends of what was found in a file: a recorded step that makes a new version and can be taken back."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from datasets.models import State, Version
from datasets.policies import can_edit, require
from datasets.selectors import crosswalk
from datasets.tabular.findings import MENDS, write_mended

from .receive_file import receive_file
from .versions import create_version, revise_version


def offered_mends(version: Version) -> list[tuple[str, str]]:
    """(column, kind) of every finding in a checked version that can be mended."""
    found = version.findings.get("findings", []) if version.report else []
    return [(one["column"], one["kind"]) for one in found if one["kind"] in MENDS]


def mend_version(*, version: Version, mends: Sequence[tuple[str, str]], user: Any, note: str = "") -> Version:
    """A new version of the same rows with the `mends` (column, kind), made by the worker; it is confirmed and checked as any other.

    Raises PermissionDenied, and ValidationError where nothing or something else than `offered_mends` is asked for.
    """
    if not mends or not set(mends) <= set(offered_mends(version)):
        raise ValidationError(_("Choose what is to be mended from what was found in this version."))
    return _mended(version, [*version.mends, *_steps(version, mends)], version.schema, user, note)


def undo_mend(*, version: Version, step: int, user: Any) -> Version:
    """A new version without one of the steps (numbered from 0): the others are done again on the file that was mended first.

    Raises PermissionDenied, ValidationError.
    """
    if not 0 <= step < len(version.mends):
        raise ValidationError(_("This version has no such step."))
    original = Version.objects.get(resource=version.resource_id, number=version.mends[0]["version"])
    left = [(one["column"], one["kind"]) for number, one in enumerate(version.mends) if number != step]
    if not left:
        return revise_version(version=original, user=user)
    return _mended(original, _steps(original, left), version.schema, user, "")


def _steps(version: Version, mends: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    return [{"column": column, "kind": kind, "cells": None, "version": version.number} for column, kind in mends]


def _mended(version: Version, steps: Sequence[Mapping[str, Any]], schema: Mapping[str, Any], user: Any, note: str) -> Version:
    require(can_edit(user, version))
    return create_version(
        resource=version.resource,
        data_file=version.data_file,
        filename=f"{PurePath(version.filename).stem}.csv",
        user=user,
        note=note,
        dialect=version.dialect,
        schema=schema,
        mends=steps,
    )


def apply_mends(version: Version) -> Version:
    """The version with mended bytes of its own, their dialect, and how many cells each step changed. Safe to run again."""
    waiting = [step for step in version.mends if step["cells"] is None]
    if not waiting:
        return version
    described = {"dialect": version.dialect, "schema": version.schema}
    wanted = [(step["column"], step["kind"]) for step in waiting]
    with tempfile.TemporaryDirectory(prefix="tabular-") as folder:
        target = Path(folder) / "mended.csv"
        dialect, done = write_mended(version.data_file.absolute_path, described, wanted, target, crosswalk())
        with target.open("rb") as stream:
            version.data_file = receive_file(stream=stream, filename=version.filename)
    for step, result in zip(waiting, done, strict=True):
        step["cells"] = result["cells"]
    rows = Version.objects.filter(pk=version.pk, state=State.RECEIVED)
    rows.update(data_file=version.data_file, dialect=dialect, mends=version.mends)
    return Version.objects.get(pk=version.pk)
