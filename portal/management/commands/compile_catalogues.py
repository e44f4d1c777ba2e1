"""`manage.py compile_catalogues`: make the interface's catalogues ready, without GNU gettext; quick when nothing changed."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues.files import LOCALES, compile_catalogue, path_of


class Command(BaseCommand):
    help = "Compile locale/*.po to .mo where the .po is newer."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in map(Path, settings.LOCALE_PATHS):
            for locale in LOCALES:
                if compile_catalogue(path_of(locale, folder)) and options["verbosity"]:
                    self.stdout.write(f"compiled {locale}")
