from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal.webhooks import signal_handlers

        signal_handlers.connect()
