"""Write down, inside the transaction of the change, whom to tell what."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from .models import Delivery, Webhook
from .tasks import deliver_message

KEPT = timedelta(days=30)


def announce(*, event: str, payload: dict[str, Any]) -> list[Delivery]:
    """One message to each active address, queued. `event`: "page.published", "dataset.unpublished", …"""
    found = []
    for webhook in Webhook.objects.filter(active=True):
        delivery = Delivery.objects.create(webhook=webhook, event=event, payload={"event": event, **payload})
        deliver_message.enqueue(delivery.pk)
        found.append(delivery)
    return found


def forget_old_deliveries() -> int:
    """Remove what is a month old."""
    return Delivery.objects.filter(created__lt=timezone.now() - KEPT).delete()[0]
