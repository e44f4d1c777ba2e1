from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .record import INITIATIVE, Moment, Record, whole_day


class Progress(models.TextChoices):
    PROMISED = "promised", _("promised")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    LATE = "late", _("late")
    DROPPED = "dropped", _("dropped")


SHAPES = {Progress.DONE: "good", Progress.LATE: "bad", Progress.DROPPED: "bad"}


class Commitment(Record):
    """What an organization has promised for an initiative, until when, and what came of it."""

    register = "commitments"
    columns = ("initiative", "organization", "due", "state", "evidence_url")
    filters = ("initiative", "state")
    states = {progress.value: (progress.label, SHAPES.get(progress, "")) for progress in Progress}

    initiative = models.CharField(_("initiative"), max_length=5, validators=[INITIATIVE], help_text=_("Its number, 2.4 for example."))
    due = models.DateField(_("due on"), null=True, blank=True)
    progress = models.CharField(_("state"), max_length=20, choices=Progress.choices, default=Progress.PROMISED)
    evidence_url = models.URLField(_("evidence"), max_length=1000, blank=True, help_text=_("Where everybody can see what was done."))

    class Meta(Record.Meta):
        ordering = ["initiative", "due", "slug"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")

    def clean(self) -> None:
        super().clean()
        if self.progress == Progress.DONE and not self.evidence_url:
            raise ValidationError({"evidence_url": _("What is done needs evidence: give the address where everybody can see it.")})

    @property
    def state(self) -> str:
        """As it was written, but what was to be done by a day that has passed is late."""
        waiting = self.progress in (Progress.PROMISED, Progress.UNDER_WAY)
        return Progress.LATE if waiting and self.due and self.due < timezone.localdate() else Progress(self.progress)

    def moments(self) -> list[Moment]:
        return whole_day(self.due)

    def facts(self) -> list[tuple[Any, Any]]:
        evidence = [(self.evidence_url, self.evidence_url)] if self.evidence_url else None
        return [(_("Due on"), self.due), (_("Evidence"), evidence)]
