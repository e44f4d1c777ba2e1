"""What changed on a page, and when: told to readers, in their language."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeNote(models.Model):
    """One line of a page's public history. A page in another language has its own."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="change_notes")
    date = models.DateTimeField(_("date"), default=timezone.now)
    note = models.CharField(_("note"), max_length=255)

    class Meta:
        ordering = ["-date", "-pk"]
        verbose_name = _("change note")
        verbose_name_plural = _("change notes")

    def __str__(self) -> str:
        return self.note
