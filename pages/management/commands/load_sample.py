from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pages.content.files import ContentError
from pages.services.load_sample import load_sample


class Command(BaseCommand):
    help = "Load the sample city: topics, guides, initiatives, places and data. Can run again; adds only what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--refresh", action="store_true", help="write every sample page again as the files have it")
        parser.add_argument("--no-data", action="store_true", help="leave the datasets out")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_sample(progress=self.stdout.write, refresh=options["refresh"], data=not options["no_data"])
        except ContentError as error:
            raise CommandError(str(error)) from error
