from django_tasks import task

from .deliver import deliver
from .models import Delivery


@task()
def deliver_message(delivery_id: int) -> None:
    """Tell one address what was published."""
    for delivery in Delivery.objects.select_related("webhook").filter(pk=delivery_id):
        deliver(delivery=delivery)
