"""Lists of work: what waits for a translator, where languages disagree, every way through a journey, facts whose data have gone."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from datasets.charts.shown import problem_in_words
from datasets.models import Chart
from pages.facts import blocks_on, look_up
from pages.fidelity import differences
from pages.models import JourneyPage
from pages.selectors.addresses import LANGUAGES, NATIVE_NAMES
from pages.selectors.variants import public_languages, public_pages
from pages.selectors.waiting import texts_by_key, waiting_pages, waiting_rows


@dataclass(frozen=True, slots=True)
class Row:
    """A line of work: where to do it, in which language, what there is to do, and since when."""

    title: str
    url: str
    language: str
    kind: str
    work: tuple[str, ...]
    since: datetime | None = None
    urgent: bool = False


def _edit(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def waiting(request: HttpRequest) -> Iterator[Row]:
    finder = AdminURLFinder(request.user)
    for item in chain(waiting_pages(), waiting_rows(request.user)):
        url = item.url or (finder.get_edit_url(getattr(item.row, "dataset", item.row)) or "")
        stale = tuple(_("changed: %s") % text[:120] for text in item.stale[:5])
        yield Row(item.title, url, item.language, item.kind, (item.what, *stale), item.since, urgent=bool(stale))


def disagreeing(request: HttpRequest) -> Iterator[Row]:
    for source, *translations in texts_by_key().values():
        for page in translations:
            if found := differences(source, page):
                work = tuple(f"{difference.path.split('.')[0]} – {difference}" for difference in found)
                yield Row(page.title, _edit(page), page.locale.language_code, str(page._meta.verbose_name), work, page.last_published_at)


def journeys(request: HttpRequest) -> Iterator[Row]:
    for page in JourneyPage.objects.select_related("locale").order_by("path"):
        review, language = page.review, page.locale.language_code
        for path in review.paths:
            steps = " → ".join(f"{step.title}{f' [{answer}]' if answer else ''}" for step, answer in path.steps)
            kind = _("goes in a circle") if path.loops else _("dead end: no guide") if path.dead_end else _("path")
            yield Row(page.title, _edit(page), language, kind, (steps,), urgent=path.loops or path.dead_end)
        problems = [_("“%s” is reached by no answer") % step.title for step in review.unreachable]
        problems += [_("“%(step)s” leads to “%(name)s”, which is no step") % {"step": s.title, "name": n} for s, n in review.unknown]
        problems += [_("there are more paths than are listed here")] if review.more else []
        for guide in page.guides:
            missing = [NATIVE_NAMES[code] for code in LANGUAGES if code not in public_languages(guide)]
            if missing:
                problems.append(
                    _("guide “%(guide)s” is missing in: %(languages)s") % {"guide": guide.title, "languages": ", ".join(missing)}
                )
        for problem in problems:
            yield Row(page.title, _edit(page), language, _("to mend"), (problem,), urgent=True)


def facts(request: HttpRequest) -> Iterator[Row]:
    for page in public_pages().select_related("locale").specific():
        for value in blocks_on(page):
            fact = look_up(value)
            work = (f"{value['label']}: {fact.problem or fact.resource.dataset.title}",)
            since = fact.version.published if fact.version else None
            kind = _("broken") if fact.problem else _("in order")
            yield Row(page.title, _edit(page), page.locale.language_code, kind, work, since, urgent=bool(fact.problem))
    for chart in Chart.objects.exclude(problem={}).select_related("resource__dataset", "version"):
        url = reverse("catalogue_admin:edit_chart", args=[chart.uuid])
        work = (f"{chart.resource.dataset}: {problem_in_words(chart.problem)}",)
        yield Row(str(chart), url, "", _("broken"), work, chart.version.published if chart.version else None, urgent=True)


REPORTS: dict[str, tuple[Any, Any, Callable[[HttpRequest], Iterable[Row]]]] = {
    "waiting": (
        gettext_lazy("Waiting for a translator"),
        gettext_lazy("Pages and data that are not, or no longer wholly, in all three languages. Readers see the older or the Khmer text."),
        waiting,
    ),
    "languages": (
        gettext_lazy("Languages that disagree"),
        gettext_lazy(
            "Numbers, dates, links and citations that a translation and its source do not share."
            " Words for numbers are read where they count days, hours, months."
        ),
        disagreeing,
    ),
    "journeys": (
        gettext_lazy("Paths of the journeys"),
        gettext_lazy("Every way from the start to an end, as a reader goes it. Urgent: circles, dead ends, guides missing in a language."),
        journeys,
    ),
    "facts": (
        gettext_lazy("Living facts and charts"),
        gettext_lazy("Figures that pages and charts take from published tables. Urgent: withdrawn data, columns that have gone."),
        facts,
    ),
}


def report(request: HttpRequest, name: str) -> HttpResponse:
    """One list; `?language=` shows one language. What is urgent stands first."""
    if name not in REPORTS:
        raise Http404
    title, help_text, rows = REPORTS[name]
    language = request.GET.get("language", "")
    found = sorted((row for row in rows(request) if language in ("", row.language)), key=lambda row: not row.urgent)
    context = {"title": title, "help_text": help_text, "rows": found, "languages": NATIVE_NAMES.items(), "language": language}
    return render(request, "pages/admin/report.html", context)


def menu_items() -> list[MenuItem]:
    icons = {"waiting": "wagtail-localize-language", "languages": "wagtail-localize-convert", "journeys": "list-ol", "facts": "table"}
    return [
        MenuItem(title, reverse_lazy("pages_report", args=[name]), name=f"report-{name}", icon_name=icons[name], order=10 + number)
        for number, (name, (title, _help, _rows)) in enumerate(REPORTS.items())
    ]
