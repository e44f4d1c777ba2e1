from typing import Any

from django.core.management.base import BaseCommand

from pages.services.setup_site import setup_site


class Command(BaseCommand):
    help = "Make the home pages in three languages and the legal pages, unless the portal has its home. Can run again."

    def handle(self, *args: Any, **options: Any) -> None:
        setup_site(progress=self.stdout.write if options["verbosity"] else lambda line: None)
