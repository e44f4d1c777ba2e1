"""`manage.py harvest [SOURCE]`: take over other catalogues now, and say what happened."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from datasets.models import HarvestRun, HarvestSource
from datasets.services.harvesting import run_harvest


class Command(BaseCommand):
    help = "Takes over the catalogues that are set up as harvest sources, now, one after the other."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", nargs="?", help="the title or address of one source; without it, every active one")

    def handle(self, *args: Any, **options: Any) -> None:
        sources = HarvestSource.objects.filter(is_active=True)
        if wanted := options["source"]:
            sources = HarvestSource.objects.filter(title=wanted) | HarvestSource.objects.filter(url=wanted)
        if not sources:
            raise CommandError("There is no such source. Set one up in the administration under Open data, Harvest sources.")
        failed = False
        for source in sources:
            run = run_harvest(source=source, seconds=float("inf"))
            for event in run.events.all():
                self.stdout.write(f"  {event.get_action_display()}: {event.remote_id} {event.detail}")
            counts = f"new {run.created}, changed {run.updated}, unchanged {run.unchanged}, withdrawn {run.withdrawn}, failed {run.failed}"
            self.stdout.write(f"{source}: {run.get_state_display()} – {counts}. {run.problem}")
            failed = failed or run.state == HarvestRun.State.FAILED
        if failed:
            raise CommandError("A source could not be read.")
