"""Under which terms data may be reused."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified


class Conformance(models.TextChoices):
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    NOT_REVIEWED = "not reviewed", _("Not reviewed")
    UNKNOWN = "", _("Unknown")


class Licence(Identified):
    """A licence of CKAN's default list (same `code`s, same flags, so that clients understand them) or one added by the portal."""

    code = models.CharField(_("code"), max_length=50, unique=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("terms"), max_length=1000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1000)
    status = models.CharField(max_length=20, default="active")
    family = models.CharField(max_length=100, blank=True)
    maintainer = models.CharField(max_length=200, blank=True)
    is_generic = models.BooleanField(_("a family, not one licence"), default=False)
    domain_content = models.BooleanField(_("for content"), default=False)
    domain_data = models.BooleanField(_("for data"), default=True)
    domain_software = models.BooleanField(_("for software"), default=False)
    od_conformance = models.CharField(_("Open Definition"), max_length=20, choices=Conformance.choices, blank=True)
    osd_conformance = models.CharField(_("Open Source Definition"), max_length=20, choices=Conformance.choices, blank=True)
    is_open = models.BooleanField(_("open"), default=False, db_index=True, editable=False)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("licence")
        verbose_name_plural = _("licences")

    def __str__(self) -> str:
        return self.title or self.code

    def save(self, **options: object) -> None:
        self.is_open = Conformance.APPROVED in {self.od_conformance, self.osd_conformance}
        super().save(**options)
