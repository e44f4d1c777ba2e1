"""Charts rest on tables, too."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from datasets.models import Chart, Resource, Version
from datasets.selectors import public_charts
from datasets.usage import Use
from datasets.views.speech import speak

from .shown import problem_in_words
from .spec import NotDrawable, Spec, check


def charts_resting_on(resources: Sequence[Resource]) -> Iterable[Use]:
    """The public ones."""
    for chart in public_charts(resources):
        title, language = speak(chart, "title")
        yield Use(title, chart.get_absolute_url(), _("chart"), language if language != get_language() else "")


def charts_broken_by(version: Version) -> Iterable[tuple[str, str]]:
    """Drafts too: somebody works on them."""
    for chart in Chart.objects.filter(resource=version.resource_id):
        try:
            check(Spec.of(chart.spec), version.schema if version.is_table else {})
        except NotDrawable as error:
            yield _("Chart “%(name)s”") % {"name": chart}, problem_in_words({"code": error.code, "column": error.column})
