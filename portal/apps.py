from django.apps import AppConfig
from django.db.backends.signals import connection_created


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import generation
        from portal.webhooks import signal_handlers

        signal_handlers.connect()
        connection_created.connect(generation.watch, dispatch_uid="portal.generation")
