"""Build the search index anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.query import SearchUnavailable
from search.services.reindex import reindex


class Command(BaseCommand):
    """`manage.py reindex`."""

    help = "Build the search index anew from the database, beside the live one, then swap. Searches go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        """Report each source as it grows."""

        def progress(source: str, count: int) -> None:
            if options["verbosity"] > 1 or count % 1000 == 0:
                self.stdout.write(f"{source}: {count} documents")

        try:
            total = reindex(progress=progress)
        except SearchUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"The search index is new: {total} documents.")
