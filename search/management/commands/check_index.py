"""Compare the search index with the database."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.query import SearchUnavailable
from search.services.check_index import check_index
from search.services.drain_outbox import drain_outbox


class Command(BaseCommand):
    """`manage.py check_index [--mend]`; fails (exit 1) where there is drift that was not mended."""

    help = "Compare every document of the search index with the database: missing, stale, extra. --mend indexes these again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Only to look, or to mend."""
        parser.add_argument("--mend", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line for each kind of drift, with examples."""
        try:
            drift = check_index(mend=options["mend"])
        except SearchUnavailable as error:
            raise CommandError(f"{error} The indexer (manage.py tick) builds it anew, or: manage.py reindex.") from error
        self.stdout.write(f"{drift.checked} documents compared.")
        for name in ("missing", "stale", "extra"):
            keys = getattr(drift, name)
            self.stdout.write(f"{name}: {len(keys)}{' (' + ', '.join(keys[:5]) + (' …)' if len(keys) > 5 else ')') if keys else ''}")
        if drift and options["mend"]:
            while drain_outbox():
                pass
            self.stdout.write("Mended.")
        elif drift:
            raise CommandError("The index differs from the database: manage.py check_index --mend.")
