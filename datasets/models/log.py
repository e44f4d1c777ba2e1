"""What was done to datasets, for the history and the site's report."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry
from wagtail.models.audit_log import ModelLogEntryManager

from .dataset import Dataset


class DatasetLogEntryManager(ModelLogEntryManager):
    def viewable_by_user(self, user: Any) -> models.QuerySet[Any]:
        """Entries on datasets of the user's organizations. Wagtail asks about the model only, and would tell everybody's titles."""
        from datasets.policies import capacities, is_superuser

        if is_superuser(user):
            return self.all()
        keys = Dataset.objects.filter(organization__in=capacities(user)).values_list("pk", flat=True)
        return self.filter(object_id__in=[str(pk) for pk in keys])


class DatasetLogEntry(BaseLogEntry):
    """One deed on one dataset."""

    object_id = models.CharField(max_length=255, db_index=True)

    objects = DatasetLogEntryManager()

    class Meta(BaseLogEntry.Meta):
        ordering = ["-timestamp", "-id"]
        verbose_name = _("dataset log entry")
        verbose_name_plural = _("dataset log entries")

    def clean_fields(self, exclude: Any = None) -> None:
        """Rows in hand exist: three questions less for each deed."""
        super().clean_fields(exclude={*(exclude or ()), "content_type", "user", "revision"})

    def __str__(self) -> str:
        return f"{self.action}: {self.label}"
