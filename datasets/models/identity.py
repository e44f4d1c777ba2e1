"""What every row has: a number for the database, an uuid for everybody else."""

import uuid

from django.db import models
from django.utils.translation import get_language


class Identified(models.Model):
    """A big integer key inside (Wagtail's admin search needs one) and an `uuid` that never changes outside."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class Named(Identified):
    """A row with a `name`: the ASCII slug that addresses and the API use."""

    name = models.SlugField(max_length=100, unique=True)
    created = models.DateTimeField(auto_now_add=True, db_index=True)
    modified = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        abstract = True


class Withdrawable(models.Model):
    """What can be taken back: the row stays, and its old address says since when it is gone and why (`datasets/tombstones.py`)."""

    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_reason = models.TextField(blank=True, editable=False)
    replaced_by = models.URLField(max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True


def language_path(path: str, language: str | None = None) -> str:
    """`path` (starting with a slash) under the address of `language`, the active one when not given."""
    return f"/{language or get_language() or 'km'}{path}"
