from collections.abc import Mapping, Sequence

from django.apps import AppConfig
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Registers the two facets that every document has."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Kind and language are facets like any other."""
        from .registry import register_facet

        register_facet("kind", _("Kind"), _kinds)
        register_facet("language", _("Language"), _languages)


_KINDS = {
    "page": gettext_noop("Page"),
    "dataset": gettext_noop("Dataset"),
    "resource": gettext_noop("Data file"),
    "place": gettext_noop("Place"),
    "notice": gettext_noop("Public notice"),
    "event": gettext_noop("Course or event"),
    "commitment": gettext_noop("Commitment"),
    "ambassador": gettext_noop("Digital City Ambassador"),
}


def _kinds(values: Sequence[str], language: str) -> Mapping[str, str]:
    from django.utils.translation import override

    with override(language):
        return {value: gettext(_KINDS[value]) for value in values if value in _KINDS}


def _languages(values: Sequence[str], language: str) -> Mapping[str, str]:
    from django.conf import settings

    return dict(settings.LANGUAGES)
