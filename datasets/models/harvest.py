"""Catalogues elsewhere that are taken over by the clock, and what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .identity import Identified


class Protocol(models.TextChoices):
    CKAN = "ckan", _("CKAN (its Action API)")
    DCAT = "dcat", _("DCAT (Turtle, JSON-LD or RDF/XML)")


class HarvestSource(Identified):
    """A catalogue to take over. `owner` lends the harvest their rights: who may only edit gets drafts."""

    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(
        _("address"),
        max_length=1000,
        unique=True,
        help_text=_("CKAN: the address of the portal. DCAT: the address of its catalogue file, such as …/catalog.ttl."),
    )
    protocol = models.CharField(_("kind"), max_length=10, choices=Protocol.choices)
    organization = models.ForeignKey("datasets.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("organization"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    publish = models.BooleanField(_("publish at once"), default=False, help_text=_("Otherwise everything new or changed waits as a draft."))
    language = models.CharField(
        _("language of its texts"),
        max_length=10,
        choices=settings.LANGUAGES,
        default="en",
        help_text=_("Of texts whose language the catalogue does not say."),
    )
    every_hours = models.PositiveIntegerField(_("how often, in hours"), default=24, help_text=_("0: only when asked for."))
    is_active = models.BooleanField(_("active"), default=True)
    due = models.DateTimeField(default=timezone.now, null=True, editable=False, db_index=True)  # None: nobody asks
    memory = models.JSONField(default=dict, editable=False)  # what makes the next run short: when, ETags and ids of each page

    class Meta:
        ordering = ["title"]
        verbose_name = _("harvest source")
        verbose_name_plural = _("harvest sources")

    def __str__(self) -> str:
        return self.title


class HarvestRun(models.Model):
    """One pass over a source. `cursor` is where a run that was cut off goes on."""

    class State(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="runs")
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True)
    cursor = models.JSONField(default=dict)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        ordering = ["-started"]

    def __str__(self) -> str:
        return f"{self.source} {self.started:%Y-%m-%d %H:%M}"

    def count(self, name: str) -> None:
        """One more `unchanged`, `created` …"""
        HarvestRun.objects.filter(pk=self.pk).update(**{name: models.F(name) + 1})

    def tell(self, action: str, remote_id: str, dataset: Any = None, detail: str = "") -> None:
        """A line of the log, and one more in its count."""
        HarvestEvent.objects.create(run=self, action=action, remote_id=remote_id, dataset=dataset, detail=detail)
        self.count(action)


class HarvestedDataset(models.Model):
    """Which remote dataset became which of ours. Remote ids stay here: they never become our names or uuids."""

    source = models.ForeignKey(HarvestSource, on_delete=models.CASCADE, related_name="harvested")
    remote_id = models.CharField(max_length=500)
    dataset = models.OneToOneField("datasets.Dataset", on_delete=models.CASCADE, related_name="harvested")
    remote_url = models.URLField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64)  # of the mapped record: the same again means nothing changed
    resources = models.JSONField(default=dict)  # remote id -> our key
    waiting = models.JSONField(null=True)  # links that follow when the dataset is published: [remote id, fields]
    withdrawn = models.BooleanField(default=False)  # by a harvest: comes back with the next one that finds it
    seen = models.ForeignKey(HarvestRun, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "remote_id"], name="harvested_once")]

    def __str__(self) -> str:
        return self.remote_id


class HarvestEvent(models.Model):
    """A line of a run's log. What did not change has no line."""

    class Action(models.TextChoices):
        CREATED = "created", _("New")
        UPDATED = "updated", _("Changed")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        FAILED = "failed", _("Failed")

    run = models.ForeignKey(HarvestRun, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=10, choices=Action.choices)
    remote_id = models.CharField(max_length=500)
    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.SET_NULL, null=True, related_name="+")
    detail = models.TextField(blank=True)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.action} {self.remote_id}"
