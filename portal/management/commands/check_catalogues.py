"""`manage.py check_catalogues`: fail when a string of the interface is not translated into every language."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.catalogues.files import LOCALES, catalogues, problems
from portal.catalogues.messages import used_messages


class Command(BaseCommand):
    help = "List interface strings that are missing, untranslated, fuzzy or unused in locale/*.po; exit 1 if there is one."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        messages = used_messages(Path(settings.BASE_DIR))
        found = 0
        for locale, path in catalogues():
            for problem in problems(path, messages):
                found += 1
                self.stderr.write(f"{locale}: {problem}")
        if found:
            raise CommandError(f"{found} problems: run manage.py update_catalogues, translate locale/*.po, and check again.")
        self.stdout.write(f"{len(messages)} strings, complete in {', '.join(LOCALES)}.")
