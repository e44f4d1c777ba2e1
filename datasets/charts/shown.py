"""A chart in words: title, one sentence, the table beside it, and what must be said about its places and its age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.models import Aggregate, Chart, ChartType
from datasets.selectors import visible_charts
from datasets.views.citation import citation
from datasets.views.speech import speak, voice_of

from .drawing import WIDTHS, spoken
from .figures import Figure, label_of
from .spec import Spec, is_code

PROBLEMS = {
    "missing-column": gettext_lazy("The table has no column “%(column)s” any more. Choose another one."),
    "not-a-number": gettext_lazy("“%(column)s” is no column of numbers. Choose one, or count the rows."),
    "no-values": gettext_lazy("Choose a column of values, or count the rows."),
    "one-value": gettext_lazy("Choose one column of values. Several only fit stacked bars and lines that are not split by a column."),
    "too-many-series": gettext_lazy("Choose at most six columns of values."),
    "no-places": gettext_lazy("“%(column)s” holds no codes of administrative units, and the table has no coordinates and no shapes."),
    "no-rows": gettext_lazy("No row matches. Look at the filters."),
    "filter": gettext_lazy("A filter does not fit the column “%(column)s”."),
    "failed": gettext_lazy("The chart cannot be drawn from this table."),
}
WHY = {
    "no-code": gettext_lazy("no unit of today has this code"),
    "no-point": gettext_lazy("its position is not known"),
    "outside": gettext_lazy("outside the province"),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """One SVG: its address and size in CSS pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart for readers of one language; every text is plain. `notes`: what became of codes and categories. `outdated`: "" or why."""

    uuid: UUID
    title: str
    title_language: str
    summary: str
    is_map: bool
    narrow: Picture | None
    wide: Picture | None
    headings: Sequence[str]
    rows: Sequence[tuple[str, str, Sequence[str]]]  # label, its language or "", values
    notes: Sequence[str]
    off_map: Sequence[tuple[str, str]]
    outdated: str
    chart: Chart

    @property
    def url(self) -> str:
        return self.chart.get_absolute_url()

    @property
    def citation(self) -> str:
        resource = self.chart.resource
        return citation(resource.dataset, resource, self.chart.version)


def chart_for(uuid: UUID | str, language: str) -> Shown | None:
    """A public chart as its readers see it, for a page that puts it among its facts; None where there is none."""
    chart = visible_charts().filter(uuid=uuid).first()
    with translation.override(language):
        return shown(chart) if chart else None


def shown(chart: Chart, figure: Figure | None = None) -> Shown:
    """The chart in the active language, as it was last drawn; or `figure`, not drawn yet."""
    language = translation.get_language() or "km"
    drawn, spec = chart.drawn, Spec.of(chart.spec)
    title, title_language = speak(chart, "title")
    version = chart.resource.current if figure else chart.version
    figure = figure or Figure.of(drawn)
    pictures = {}
    for size in WIDTHS if drawn else ():
        width, height = drawn["sizes"][f"{language}-{size}"]
        url = reverse("downloads:chart-picture", args=[chart.uuid, language, size])
        pictures[size] = Picture(f"{url}?v={drawn['key']}", width, height)
    schema = version.schema if version else {}
    rows = [(spoken(row.label, language), [number(value) for value in row.y]) for row in figure.rows]
    # Codes are shown as the names of their places.
    heading = _("Place") if is_code(schema, spec.x) else spoken(label_of(schema, spec.x), language)
    return Shown(
        uuid=chart.uuid,
        title=title,
        title_language=title_language,
        summary=summary(figure, spec, schema, chart),
        is_map=spec.type == ChartType.MAP,
        narrow=pictures.get("narrow"),
        wide=pictures.get("wide"),
        headings=[heading, *(spoken(one, language) or _("Rows") for one in figure.series)],
        rows=[(label, "" if voice_of(label) == language else voice_of(label), values) for label, values in rows],
        notes=_notes(figure),
        off_map=[(spoken(label, language), str(WHY[why])) for label, why in figure.off_map],
        outdated=_outdated(chart),
        chart=chart,
    )


def axes(figure: Figure, spec: Spec, schema: Mapping[str, Any], language: str) -> tuple[str, str]:
    """What the categories and the values are called."""
    if spec.aggregate == Aggregate.COUNT and spec.type != ChartType.POINT:
        values = _("Number of rows")
    else:
        values = ", ".join(spoken(label_of(schema, name), language) for name in spec.y)
        if spec.aggregate == Aggregate.MEAN and spec.type != ChartType.POINT:
            values = _("%(column)s, mean") % {"column": values}
    return spoken(label_of(schema, spec.x), language), values


def summary(figure: Figure, spec: Spec, schema: Mapping[str, Any], chart: Chart) -> str:
    """Highest, lowest, how many, and where the data come from: for those who cannot see the picture, and those in a hurry."""
    language = translation.get_language() or "km"
    dataset = chart.resource.dataset
    sums = [(sum(value or 0 for value in row.y), row) for row in figure.rows if any(value is not None for value in row.y)]
    said = []
    if sums:
        for words, (value, row) in (
            (_("Highest: %(label)s, %(value)s."), max(sums, key=lambda pair: pair[0])),
            (_("Lowest: %(label)s, %(value)s."), min(sums, key=lambda pair: pair[0])),
        ):
            label = spoken(row.label, language)
            if spec.type in (ChartType.POINT, ChartType.LINE):
                label = f"{axes(figure, spec, schema, language)[0]} {label}"
            said.append(words % {"label": label, "value": number(value)})
    count = len(figure.rows)
    said.append(ngettext("%(count)s value is shown.", "%(count)s values are shown.", count) % {"count": number(count)})
    source = dataset.source_name or speak(dataset.organization, "title")[0]
    said.append(_("Source: %(source)s.") % {"source": source})
    return ("" if language.startswith("zh") else " ").join(said)


def number(value: float | None) -> str:
    """1234.5 as 1,234.5: as on the picture, in every language."""
    return "–" if value is None else f"{round(value, 3):,.3f}".rstrip("0").rstrip(".")


def problem_in_words(problem: Mapping[str, Any]) -> str:
    """What `Chart.problem` says, and how to mend it; "" where there is none."""
    return str(PROBLEMS[problem["code"]]) % {"column": problem.get("column", "")} if problem else ""


def _notes(figure: Figure) -> list[str]:
    notes = []
    if rest := figure.groups - len(figure.rows) - len(figure.off_map):
        notes.append(ngettext("%(count)s more is not shown.", "%(count)s more are not shown.", rest) % {"count": number(rest)})
    if codes := figure.codes:
        words = _("Codes: %(matched)s are today's, %(remapped)s were brought from older ones to today's, %(dropped)s are not known today.")
        notes.append(words % {"matched": codes["matched"], "remapped": codes["remapped"], "dropped": len(codes["dropped"])})
        if codes["dropped"]:
            listed = ", ".join(codes["dropped"][:20]) + ("…" if len(codes["dropped"]) > 20 else "")
            notes.append(_("Not known today: %(codes)s.") % {"codes": listed})
    return notes


def _outdated(chart: Chart) -> str:
    """Why the chart shows an older version than the table, if it does."""
    if not chart.version or chart.version_id == chart.resource.current_id:
        return ""
    if chart.problem:
        return _("The newer file does not fit this chart, so it still shows an older version.")
    return _("A newer version has just come; the chart is being drawn anew.")
