"""Themes under which datasets are found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Named, language_path


class Group(Named):
    """A theme, "land and housing" for example: what CKAN calls a group. Its `name` is the value of the search facet `topic`."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    is_sample = models.BooleanField(_("sample content"), default=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return language_path(f"/group/{self.name}/")
