"""Send one message; try again later, less and less often; give up in the end, and say so."""

import hashlib
import hmac
import json
import time
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from datasets.remote import RemoteError, post_remote

from .models import Delivery

ATTEMPTS = 7
FIRST_WAIT = timedelta(minutes=1)  # then four times as long each time: the last attempt is a day after the first


def signature(secret: str, stamp: int, body: bytes) -> str:
    """The header that proves who sent `body`, and when: HMAC-SHA256 of "<stamp>.<body>"."""
    return f"t={stamp},v1={hmac.new(secret.encode(), f'{stamp}.'.encode() + body, hashlib.sha256).hexdigest()}"


def deliver(*, delivery: Delivery) -> Delivery:
    """The message after one more attempt; nothing for one that is done. May be sent twice where the worker dies: its id stays the same."""
    if delivery.delivered or delivery.gave_up:
        return delivery
    body = json.dumps({**delivery.payload, "id": str(delivery.uuid), "at": delivery.created.isoformat()}, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json",
        "Portal-Event": delivery.event,
        "Portal-Delivery": str(delivery.uuid),
        "Portal-Signature": signature(delivery.webhook.secret, int(time.time()), body),
    }
    try:
        status = post_remote(delivery.webhook.address, headers, body)
        problem = "" if 200 <= status < 300 else f"status {status}"
    except RemoteError as error:
        problem = error.code
    return _record(delivery, problem)


@transaction.atomic
def _record(delivery: Delivery, problem: str) -> Delivery:
    from .tasks import deliver_message

    delivery.attempts += 1
    delivery.problem = problem
    if not problem:
        delivery.delivered = timezone.now()
    elif delivery.attempts >= ATTEMPTS or not delivery.webhook.active:
        delivery.gave_up = timezone.now()
    else:
        again = timezone.now() + FIRST_WAIT * 4 ** (delivery.attempts - 1)
        deliver_message.using(run_after=again).enqueue(delivery.pk)
    delivery.save()
    return delivery
