from django_tasks import task

from portal.models import Heartbeat


@task()
def beat() -> None:
    """Travels through the queue like any other task: when it stops arriving, nothing else is being worked on either."""
    Heartbeat.beat("worker")
