from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word that not everybody knows, explained where it stands. One row in all languages."""

    term = models.CharField(_("word"), max_length=100, help_text=_("As it stands in the text."))
    explanation = models.TextField(_("explanation"), help_text=_("One or two short sentences, in plain words."))
    source_url = models.URLField(_("source"), blank=True, help_text=_("Where a word of the law is defined."))
    is_sample = models.BooleanField(_("sample"), default=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("explained word")
        verbose_name_plural = _("explained words")

    def __str__(self) -> str:
        return self.term
