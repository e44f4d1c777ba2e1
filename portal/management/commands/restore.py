from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.backup import archive


class Command(BaseCommand):
    help = "Replaces the portal's database, files and key by those of a backup, migrates them to this code and rebuilds what is derived."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path, help="a file made by manage.py backup")

    def handle(self, *args: Any, **options: Any) -> None:
        archive.restore(options["file"])
        call_command("migrate", verbosity=0)
        call_command("reindex", verbosity=0)
        self.stdout.write("Restored. make run starts the portal from here.")
