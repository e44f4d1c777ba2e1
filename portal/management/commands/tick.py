"""The portal's clock: brings changes into the search index and runs the timetable."""

import logging
import signal
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from portal.timetable import Timetable

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Drains the search outbox twice a second and runs the timetable (publishing, clean-up, heartbeats) until stopped."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="run everything once and stop")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between two looks at the outbox")

    def handle(self, *args: Any, **options: Any) -> None:
        self.running = True
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        timetable = Timetable()
        while self.running:
            close_old_connections()
            timetable.run_due(everything=options["once"])
            if options["once"]:
                break
            time.sleep(options["interval"])

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.running = False
