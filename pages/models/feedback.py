from django.db import models
from django.utils.translation import gettext_lazy as _


class Triage(models.TextChoices):
    NEW = "new", _("New")
    OPEN = "open", _("Being looked at")
    DONE = "done", _("Done")
    SPAM = "spam", _("Spam")


class Feedback(models.Model):
    """A reader's word on a page: useful or not, and what was missing. Nothing about the reader."""

    path = models.CharField(_("page"), max_length=300, help_text=_("Its address without the language."))
    language = models.CharField(_("language"), max_length=10)
    useful = models.BooleanField(_("useful"))
    missing = models.TextField(_("what was missing"), blank=True)
    created = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)
    status = models.CharField(_("status"), max_length=4, choices=Triage.choices, default=Triage.NEW)
    note = models.TextField(_("our note"), blank=True, help_text=_("For the editors; never published."))

    class Meta:
        ordering = ["-created"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return self.path or "/"
