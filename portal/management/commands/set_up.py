"""Bring the portal to the state of this code; safe to run at any time."""

import os
import secrets
import time
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection


class Command(BaseCommand):
    help = "Migrates, compiles, collects; at first start also loads the sample city (SAMPLE=0: not) and makes the administrator."

    def handle(self, *args: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            # It holds password hashes. What SQLite writes beside it takes its mode.
            database = Path(connection.settings_dict["NAME"])
            database.touch()
            database.chmod(0o600)
        self._step("Database", "migrate", verbosity=0)
        self._step("Languages", "compile_catalogues", verbosity=0)
        self._step("Style sheets and scripts", "collectstatic", interactive=False, verbosity=0)
        self._step("Site", "setup_site", verbosity=0)
        users = get_user_model()._default_manager
        first_start = not users.filter(is_superuser=True).exists()
        if first_start and os.environ.get("SAMPLE", "1") != "0":
            self._step("Sample city", "load_sample")
        if first_start:
            self._step("Search index", "reindex", verbosity=0)
        if first_start:
            # Made last: an interrupted first start is then begun again, sample included.
            password = secrets.token_urlsafe(12)
            users.create_superuser("admin", "", password)
            self.stdout.write(f"\n  Administrator: admin   Password: {password}   (shown this once)\n")

    def _step(self, title: str, command: str, **options: Any) -> None:
        self.stdout.write(f"  {title} …", ending="\n" if command == "load_sample" else "")
        self.stdout.flush()
        started = time.monotonic()
        call_command(command, stdout=self.stdout, **options)
        self.stdout.write(f" {time.monotonic() - started:.1f} s")
        self.stdout.flush()
