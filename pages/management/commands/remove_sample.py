from typing import Any

from django.core.management.base import BaseCommand

from pages.services.remove_sample import remove_sample


class Command(BaseCommand):
    help = "Take the sample city out of the portal; what people have made stays."

    def handle(self, *args: Any, **options: Any) -> None:
        remove_sample(progress=self.stdout.write)
