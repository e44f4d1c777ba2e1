from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import checks, search_sources, signal_handlers

        checks.register()
        search_sources.register()
        signal_handlers.connect()
