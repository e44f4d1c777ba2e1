"""Who publishes, and who may act for them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from .identity import Named, language_path


class Organization(Named, ClusterableModel):
    """An office, association or company that publishes datasets. `title` and `description` in each language."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    url = models.URLField(_("website"), max_length=1000, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text=_("Shown in public."))
    is_sample = models.BooleanField(_("sample content"), default=False)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="organizations")

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        return language_path(f"/organization/{self.name}/")


class Capacity(models.TextChoices):
    """What a person may do for an organization; `datasets/policies.py` is where it counts."""

    ADMIN = "admin", _("Admin: publishes, manages members")
    EDITOR = "editor", _("Editor: edits and uploads")
    MEMBER = "member", _("Member: sees drafts and private datasets")


class Membership(models.Model):
    """One person in one organization."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    organization = ParentalKey(Organization, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("organization"))
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity.choices, default=Capacity.MEMBER)
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["organization", "user"]
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="one_membership_each")]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user} – {self.organization} ({self.capacity})"
