"""manage.py api_token USERNAME: a key for a program."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from datasets.services.tokens import DAYS, create_token


class Command(BaseCommand):
    help = "Print a new API token that acts as USERNAME. It is shown once and kept only as a checksum."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="API", help="what it is for (API)")
        parser.add_argument("--read-only", action="store_true", help="it may not write")
        parser.add_argument("--days", type=int, default=DAYS, help=f"how long it is valid ({DAYS})")

    def handle(self, *args: Any, username: str, name: str, days: int, read_only: bool, **options: Any) -> None:
        user = get_user_model().objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active user called {username}.")
        if days < 1:
            raise CommandError("--days must be at least 1.")
        scopes = "read" if read_only else "read write"
        _token, secret = create_token(user=user, name=name, expires=timezone.now() + timedelta(days=days), scopes=scopes)
        self.stdout.write(secret)
