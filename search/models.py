"""What waits to be indexed, what else words are called, and what questions came to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import PreviewableMixin

MOST_PREVIEWED = 5


class OutboxEntry(models.Model):
    """One change of one row that the index does not show yet.

    Written in the transaction of the change. A row for every change, and the indexer deletes only rows that it read: a change that
    arrives meanwhile is never lost.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=50)
    object_pk = models.BigIntegerField()
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["source", "object_pk"], name="search_outbox_object")]
        verbose_name = "search outbox entry"
        verbose_name_plural = "search outbox entries"

    def __str__(self) -> str:
        return f"{self.source}:{self.object_pk}"


class Synonym(PreviewableMixin, models.Model):
    """Terms that readers use for the same thing. Applied to questions, so a change needs no reindex."""

    id = models.BigAutoField(primary_key=True)
    terms = models.TextField(pgettext_lazy("of a synonym", "terms"), help_text=_("What people type; one term a line, in any language."))
    means = models.TextField(
        _("also look for"), blank=True, help_text=_("One term a line. Empty: the terms above all mean the same, each finds the others.")
    )
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("Of the terms; empty: several. Only to find them again.")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["terms"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")

    def __str__(self) -> str:
        return f"{', '.join(lines(self.terms))} {'→' if self.means else '='} {', '.join(lines(self.means))}".rstrip(" =")

    def clean(self) -> None:
        """There is something on both sides."""
        from .text import words

        for name in ("terms", "means"):
            empty = [line for line in lines(getattr(self, name)) if not words(line)]
            if empty:
                raise ValidationError({name: _("Nobody can search for “%(term)s”: use letters or digits.") % {"term": empty[0]}})
        if not self.means and len(lines(self.terms)) < 2:
            raise ValidationError({"terms": _("One term alone says nothing: add another, or say what else to look for.")})

    def entry(self) -> tuple[list[str], list[str]]:
        """(what is typed, what is found too)."""
        terms = lines(self.terms)
        return terms, lines(self.means) or terms

    def get_preview_template(self, request: Any, mode_name: str) -> str:
        """A table of what each term would find."""
        return "search/admin/preview.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """`previews`: (term, `helping.Preview`)."""
        from .helping import preview_synonym
        from .query import SearchUnavailable

        try:
            return {"previews": [(term, preview_synonym(term, self)) for term in lines(self.terms)[:MOST_PREVIEWED]]}
        except SearchUnavailable:
            return {"unavailable": True}


class Outcome(models.Model):
    """How often a question was asked on a day, had no result, and had one opened. Never by whom; see `outcomes`."""

    id = models.BigAutoField(primary_key=True)
    day = models.DateField()
    query = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    searches = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "query", "language"], name="search_outcome_once")]
        default_permissions = ()
        verbose_name = "search outcome"
        verbose_name_plural = "search outcomes"

    def __str__(self) -> str:
        return f"{self.day} {self.language} {self.query}"


def lines(text: str) -> list[str]:
    """The filled lines of a field."""
    return [line.strip() for line in text.splitlines() if line.strip()]
