"""`manage.py update_catalogues`: bring locale/*.po up to date with the strings that code and templates use."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues.files import catalogues, update_catalogue
from portal.catalogues.messages import used_messages


class Command(BaseCommand):
    help = "Add new interface strings to locale/*.po and drop unused ones; translate them by hand, then run check_catalogues."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        messages = used_messages(Path(settings.BASE_DIR))
        for locale, path in catalogues():
            added, dropped = update_catalogue(path, messages)
            self.stdout.write(f"{locale}: {len(messages)} in use, {added} added, {dropped} dropped")
