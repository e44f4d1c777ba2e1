"""A part of a dataset that can be had: a file in its versions, or a link."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified, Withdrawable, language_path


class FetchEvery(models.TextChoices):
    """How often the file behind a link is brought here; the value is the number of hours, or as often as the dataset is renewed."""

    PROMISED = "own", _("as often as the data are renewed")
    HOUR = "1", _("every hour")
    DAY = "24", _("every day")
    WEEK = "168", _("every week")
    MONTH = "720", _("every thirty days")


class Resource(Withdrawable, Identified):
    """A file (its newest published `current` version) or a link (`link_url`) of a dataset; a plain row, outside the dataset's drafts.

    With `fetch_every` the file behind the link is fetched in the name of `fetch_user`, next at `fetch_due`. `fetched` tells how it went:
    {"checked": ISO time, "good": ISO time of the last success, "etag", "last_modified", "problem": {"code", "context"}}.
    `link_check` tells whether a link led somewhere when it was last tried: {"checked": ISO time, "problem": {} or {"code", "context"}}.
    """

    dataset = models.ForeignKey("datasets.Dataset", on_delete=models.CASCADE, related_name="resources", verbose_name=_("dataset"))
    name = models.CharField(_("name"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    link_url = models.URLField(_("link"), max_length=2000, blank=True, help_text=_("Where the data are, when they are not kept here."))
    format = models.CharField(_("format"), max_length=50, blank=True, db_index=True)
    current = models.ForeignKey(
        "datasets.Version",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("current version"),
    )
    fetch_every = models.CharField(
        _("fetch the file"),
        max_length=3,
        blank=True,
        choices=FetchEvery.choices,
        help_text=_("The file behind the link is brought here, checked and kept in versions; what has not changed makes no version."),
    )
    fetch_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    fetch_due = models.DateTimeField(null=True, blank=True, editable=False, db_index=True)
    fetched = models.JSONField(default=dict, blank=True, editable=False)
    link_check = models.JSONField(default=dict, blank=True, editable=False)
    values_searchable = models.BooleanField(
        _("find it by what stands in its cells"),
        default=False,
        help_text=_("For names of places and the like: who searches for a name finds this table and its rows. Not for names of people."),
    )
    extras = models.JSONField(default=dict, blank=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        ordering = ["dataset", "position", "pk"]
        indexes = [models.Index(fields=["dataset", "deleted_at", "position"], name="resource_listing")]
        verbose_name = _("resource")
        verbose_name_plural = _("resources")

    def __str__(self) -> str:
        return self.name or self.link_url or str(self.uuid)

    @property
    def is_public(self) -> bool:
        """What `visible_resources` shows to everybody, asked of a row in hand."""
        return self.deleted_at is None and self.dataset.is_public and bool(self.current_id or self.link_url)

    def clean(self) -> None:
        if self.fetch_every and not self.link_url:
            raise ValidationError({"link_url": _("Give the link from which the file is fetched.")})

    def get_absolute_url(self) -> str:
        return language_path(f"/dataset/{self.dataset.name}/resource/{self.uuid}/")
