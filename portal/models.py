from django.db import models
from django.utils import timezone

from portal.webhooks.models import Delivery, Webhook


class Heartbeat(models.Model):
    """When a background process last showed that it is alive; kept in the database, since web and worker may be different machines."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M:%S}"

    @classmethod
    def beat(cls, name: str) -> None:
        cls.objects.update_or_create(name=name, defaults={"at": timezone.now()})


class Generation(models.Model):
    """How often what the public sees has changed: one row, see `portal.generation`."""

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
