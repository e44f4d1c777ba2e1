"""A picture of a table that an editor chose and the worker draws."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified, language_path


class ChartType(models.TextChoices):
    BAR = "bar", _("Bars")
    STACKED = "stacked", _("Stacked bars")
    LINE = "line", _("Line")
    POINT = "point", _("Points")
    MAP = "map", _("Map")


class Aggregate(models.TextChoices):
    """How rows of the same category become one value."""

    SUM = "sum", _("sum")
    MEAN = "mean", _("mean")
    COUNT = "count", _("number of rows")


class Chart(Identified):
    """`spec`: what is drawn (`datasets.charts.spec.Spec` as JSON). Readers see it when `is_public` and once it is drawn.

    `drawn`: the last good figure (`datasets.charts.figures.Figure` as JSON) with the `key` of its pictures and their `sizes`; it was
    drawn from `version`. `problem`: why the newest version cannot be drawn, {"code", "column", "key"}; the last good one stays.
    """

    resource = models.ForeignKey("datasets.Resource", on_delete=models.CASCADE, related_name="charts")
    title = models.CharField(_("title"), max_length=200)
    spec = models.JSONField(default=dict)
    is_public = models.BooleanField(_("public"), default=False)
    drawn = models.JSONField(default=dict, editable=False)
    version = models.ForeignKey("datasets.Version", on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    problem = models.JSONField(default=dict, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["resource", "pk"]
        verbose_name = _("chart")
        verbose_name_plural = _("charts")

    def __str__(self) -> str:
        return self.title or str(self.uuid)

    def get_absolute_url(self) -> str:
        return language_path(f"/chart/{self.uuid}/")
