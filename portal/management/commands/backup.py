from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.backup import archive


class Command(BaseCommand):
    help = "Keeps the database, all files and the key in one tar file. The portal may be running."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="where to (default: var/backups/portal-<time>.tar)")

    def handle(self, *args: Any, **options: Any) -> None:
        default = settings.VAR_DIR / "backups" / f"portal-{datetime.now():%Y%m%d-%H%M%S}.tar"
        made = archive.create(options["file"] or default)
        self.stdout.write(f"{made} ({made.stat().st_size / 2**20:.1f} MiB). It holds passwords' hashes and the site's key: keep it safe.")
