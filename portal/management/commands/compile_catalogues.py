"""`manage.py compile_catalogues`: make the interface's catalogues ready, without GNU gettext; quick when nothing changed."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.catalogues.files import catalogues, compile_catalogue


class Command(BaseCommand):
    help = "Compile locale/*.po to .mo where the .po is newer."
    requires_system_checks: list[str] = []  # type: ignore[assignment]

    def handle(self, *args: Any, **options: Any) -> None:
        for locale, path in catalogues():
            if compile_catalogue(path) and options["verbosity"]:
                self.stdout.write(f"compiled {locale}")
