"""Bytes, and what became of them."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified


class DataFile(Identified):
    """Bytes as they came, kept once under their SHA-256 and never changed. `path` is relative to `settings.FILES_DIR`."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.sha256

    @property
    def absolute_path(self) -> Path:
        return Path(settings.FILES_DIR) / self.path


class State(models.TextChoices):
    """Where a version stands. Only VALID, INVALID and KEPT can be published."""

    RECEIVED = "received", _("Received, being read")
    DETECTED = "detected", _("Read, waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed, waiting to be checked")
    CHECKING = "checking", _("Being checked")
    VALID = "valid", _("Valid")
    INVALID = "invalid", _("Has errors")
    KEPT = "kept", _("Not a table, kept as it is")
    REFUSED = "refused", _("Cannot be read")
    NO_CHANGE = "no_change", _("No change")


PUBLISHABLE = (State.VALID, State.INVALID, State.KEPT)
WORKING = (State.RECEIVED, State.CONFIRMED, State.CHECKING)


class Version(Identified):
    """One upload to a resource, numbered from 1; immutable once published (`published` is set).

    `detection`: what was found, shown for confirmation; `dialect`, `schema`: Frictionless, confirmed; field labels per language are
    in the schema as `title_translated` and `description_translated` ({"km": …, "en": …, "zh-hans": …}). `report`: the validation report.
    `progress`: how far the check is, {"rows": read so far} or {"rows": all, "table": true} while the table is made.
    `findings`: what a schema cannot say (`datasets.tabular.findings`); `held`: some of it is about people, and nobody has decided to
    publish. `profile`: what the worker counted in its table (`datasets.quality.measure`); {}: not yet.
    `mends`: the steps from an earlier version to this one, {"column", "kind", "cells", "version"}; cells None: not done yet.
    `problem`: why the file was refused, {"code": …, "context": {…}}; `error_words.problem_in_words` says it in the active language.
    """

    resource = models.ForeignKey("datasets.Resource", on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    data_file = models.ForeignKey(DataFile, on_delete=models.PROTECT, related_name="versions")
    filename = models.CharField(_("file name"), max_length=255)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECEIVED, db_index=True)
    automatic = models.BooleanField(default=False, help_text=_("Confirmed by whoever sent it, without being asked."))
    publish_when_valid = models.BooleanField(default=False)
    detection = models.JSONField(default=dict, blank=True)
    dialect = models.JSONField(default=dict, blank=True)
    schema = models.JSONField(default=dict, blank=True)
    report = models.JSONField(default=dict, blank=True)
    error_count = models.PositiveBigIntegerField(default=0)
    problem = models.JSONField(default=dict, blank=True)
    progress = models.JSONField(default=dict, blank=True)
    findings = models.JSONField(default=dict, blank=True)
    held = models.BooleanField(default=False)
    profile = models.JSONField(default=dict, blank=True)
    mends = models.JSONField(default=list, blank=True)
    row_count = models.PositiveBigIntegerField(null=True, blank=True)
    parquet = models.CharField(max_length=100, blank=True)
    note = models.TextField(_("what changed"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    published = models.DateTimeField(null=True, blank=True, db_index=True)
    accepted_errors = models.BooleanField(default=False)

    class Meta:
        ordering = ["resource", "-number"]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="version_number_once")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return f"{self.filename} ({self.number})"

    @property
    def parquet_path(self) -> Path | None:
        """The table, or None when there is none."""
        return Path(settings.PARQUET_DIR) / self.parquet if self.parquet else None

    @property
    def is_table(self) -> bool:
        return bool(self.parquet)

    @property
    def released_because(self) -> str:
        """Why it is published although some of it may be about people; "" where nobody had to decide."""
        newest = self.decisions.first() if self.findings.get("findings") else None
        return newest.reason if newest is not None and newest.outcome == Outcome.PUBLISH and newest.is_public else ""

    @property
    def is_working(self) -> bool:
        """A task is under way or waiting for it."""
        return self.state in WORKING

    @property
    def is_publishable(self) -> bool:
        return self.published is None and self.state in PUBLISHABLE


class Outcome(models.TextChoices):
    """What a person decided about a held version."""

    PUBLISH = "publish", _("Published anyway")
    WITHDRAW = "withdraw", _("Withdrawn")


class HoldDecision(models.Model):
    """A person who may publish has looked at what is about people in a version: who, when, what and why. The newest counts.

    `is_public`: whoever wrote the reason was told that readers see it. Reasons from before that stay inside.
    """

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField(_("reason"))
    is_public = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created", "-pk"]

    def __str__(self) -> str:
        return f"{self.outcome}: {self.version}"
