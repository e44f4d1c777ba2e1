"""manage.py validate FILE [--schema S] [--json]: the report of a file that need not be in the portal."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from datasets.tabular.command import add_arguments, run


class Command(BaseCommand):
    help = "Validate a table, as frictionless does, many times faster. Exit code 0: valid, 1: errors or unreadable, 2: wrong arguments."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_arguments(parser)

    def handle(
        self, *args: Any, file: Path, schema: Path | None, json: bool, limit_errors: int, reference: list[str], **options: Any
    ) -> None:
        if code := run(file, schema, as_json=json, limit_errors=limit_errors, reference=reference):
            sys.exit(code)
