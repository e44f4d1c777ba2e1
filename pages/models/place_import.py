from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceImport(models.Model):
    """One file of places that was written: `before` holds what each place was (its row by address; null: it was not there)."""

    data_file = models.ForeignKey("datasets.DataFile", on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
    undone = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("import of places")
        verbose_name_plural = _("imports of places")

    def __str__(self) -> str:
        return self.filename
