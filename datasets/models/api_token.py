"""Keys for programs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Identified


class Scopes(models.TextChoices):
    """What a token opens: OAuth's space-separated scopes."""

    READ = "read", _("read what you may read")
    WRITE = "read write", _("read and write")


class ApiToken(Identified):
    """A key that acts as its `user`, kept as the SHA-256 `digest` of a 256-bit random secret that is shown once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="portal_tokens")
    name = models.CharField(_("name"), max_length=100, help_text=_("What it is for, so that you know which one to revoke."))
    scopes = models.CharField(_("may"), max_length=20, choices=Scopes.choices, default=Scopes.WRITE)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField(_("expires"))
    last_used = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        ordering = ["-created"]
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self) -> str:
        return self.name
