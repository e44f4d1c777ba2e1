"""Who wants to be told, and what became of each message."""

import secrets
import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class Webhook(models.Model):
    """An address that is told what was published and withdrawn. `secret` signs the messages: the receiver needs it too."""

    address = models.URLField(_("address"), max_length=500, help_text=_("Gets a POST for everything that is published or withdrawn."))
    secret = models.CharField(
        _("secret"), max_length=100, default=new_secret, help_text=_("Give it to the receiver: it signs each message.")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        app_label = "portal"
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """One message to one address. `problem`: why the last attempt failed, as a code of `datasets.remote` or "status 500"."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.CharField(_("event"), max_length=40)
    payload = models.JSONField()
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    problem = models.CharField(_("problem"), max_length=60, blank=True)
    created = models.DateTimeField(_("created"), auto_now_add=True)
    delivered = models.DateTimeField(_("delivered"), null=True)
    gave_up = models.DateTimeField(_("given up"), null=True)

    class Meta:
        app_label = "portal"
        ordering = ["-pk"]
        verbose_name = _("webhook message")
        verbose_name_plural = _("webhook messages")

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook}"
