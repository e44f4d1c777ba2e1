from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = _("Pages")

    def ready(self) -> None:
        from pages import signal_handlers

        post_migrate.connect(signal_handlers.make_homes, sender=self, dispatch_uid="pages.make_homes")
