"""The background worker: the task queue's own command, which first takes up what an earlier run of it left unfinished."""

import socket
from argparse import ArgumentParser
from typing import Any

from django_tasks_db.management.commands.db_worker import Command as QueueCommand

from portal.services.requeue_interrupted import requeue_interrupted


class Command(QueueCommand):
    help = "Runs queued tasks. Give each worker of a cluster its own --worker-id: it takes up what it left unfinished when it was killed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(worker_id=socket.gethostname()[:64], interval=0.5)

    def configure_logging(self, verbosity: int) -> None:
        """The settings say what is logged: a line for each task done would bury the one that failed."""

    def handle(self, *args: Any, **options: Any) -> None:
        requeue_interrupted(worker_id=options["worker_id"])
        super().handle(*args, **options)
