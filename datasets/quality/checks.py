"""Every check there is, in the order in which they are shown. Another one is a function and a line in `CHECKS`."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from datasets.models import Dataset, Resource
from datasets.remote_words import failure_in_words
from datasets.views.columns import column_facts
from datasets.vocabularies import Disaggregation, UpdateFrequency

from .freshness import is_overdue, last_renewed, promised_days
from .measure import PLACE
from .points import BAD, GOOD, INFO, WARN, Check, Mend, Point, Subject, Verdict

MANY_EMPTY = 20  # per cent of the cells
# Formats that any program reads and whose description is public. A table is offered in several of them, whatever it came as.
OPEN = {"CSV", "TSV", "JSON", "NDJSON", "GEOJSON", "XML", "KML", "ODS", "ODT", "PARQUET", "TXT", "HTML", "GPKG", "RDF", "TTL", "PNG", "SVG"}


def _schema(of: Subject) -> Verdict:
    plain = [one for one in of.resources if one.current and not one.current.is_table]
    if plain:
        names = _(", ").join(one.current.filename for one in plain if one.current)
        return Verdict(
            WARN, _("not checked"), [_("No table could be made of %(names)s, so nobody could check it.") % {"names": names}], of.files
        )
    if not of.resources:
        return Verdict(WARN, _("no file"), [_("No file has been published yet.")], of.files)
    if not of.tables:
        return Verdict(INFO, _("not checked"), [_("There is no table here that could be checked.")])
    rows = sum(table.row_count or 0 for table in of.tables)
    checked = ngettext(
        "%(count)s row was checked against the rules of its columns.",
        "%(count)s rows were checked against the rules of their columns.",
        rows,
    )
    return Verdict(GOOD, _("yes"), [checked % {"count": f"{rows:,}"}, _("The check looks at form, not at truth.")])


def _errors(of: Subject) -> Verdict:
    if not of.tables:
        return of.not_measured or Verdict(INFO, "", [])
    errors = sum(table.error_count for table in of.tables)
    if not errors:
        return Verdict(GOOD, _("none"), [_("Nothing is wrong.")])
    word = ngettext("%(count)s error", "%(count)s errors", errors) % {"count": f"{errors:,}"}
    worst = max(of.tables, key=lambda table: table.error_count)
    known = _("The publisher knows about the errors and publishes the data as they are.")
    return Verdict(BAD, word, [known], Mend("version", worst.uuid))


def _empty(of: Subject) -> Verdict:
    if verdict := of.not_measured:
        return verdict
    cells, empty = of.total("cells"), of.total("empty")
    hollow = [fact.title for table in of.measured for fact in column_facts(table.schema) if fact.name in table.profile["empty_columns"]]
    words = [_("%(empty)s of %(cells)s cells are empty.") % {"empty": f"{empty:,}", "cells": f"{cells:,}"}]
    if hollow:
        words.append(_("Wholly empty: %(names)s.") % {"names": _(", ").join(hollow[:10])})
    bad = hollow or empty * 100 > cells * MANY_EMPTY
    return Verdict(WARN if bad else GOOD, _("many") if bad else _("few") if empty else _("none"), words, of.worst("empty") if bad else None)


def _duplicates(of: Subject) -> Verdict:
    if verdict := of.not_measured:
        return verdict
    if all(table.profile["duplicates"] is None for table in of.measured):
        return Verdict(INFO, _("not counted"), [_("The table is too large to compare every row with every other.")])
    if count := of.total("duplicates"):
        said = ngettext("%(count)s row stands there twice, cell for cell.", "%(count)s rows stand there twice, cell for cell.", count)
        return Verdict(WARN, f"{count:,}", [said % {"count": f"{count:,}"}], of.worst("duplicates"))
    return Verdict(GOOD, _("none"), [_("No row stands there twice.")])


def _codes(of: Subject) -> Verdict:
    if verdict := of.not_measured:
        return verdict
    known, unknown, mendable = of.total("known"), of.total("unknown"), of.total("mendable")
    words = []
    if unknown:
        said = _("%(unknown)s of %(all)s codes of administrative units are unknown.")
        words.append(said % {"unknown": f"{unknown:,}", "all": f"{known + unknown:,}"})
    if mendable:
        said = ngettext(
            "%(count)s cell can be mended: lost zeros, spaces, dates.",
            "%(count)s cells can be mended: lost zeros, spaces, dates.",
            mendable,
        )
        words.append(said % {"count": f"{mendable:,}"})
    if words:
        return Verdict(WARN, _("to mend"), words, of.worst("unknown" if unknown else "mendable"))
    if not known:
        return Verdict(INFO, _("no codes"), [_("No column holds codes of administrative units.")])
    return Verdict(GOOD, _("all known"), [_("All %(count)s codes of administrative units are known.") % {"count": f"{known:,}"}])


def _dictionary(of: Subject) -> Verdict:
    if verdict := of.not_measured:
        return verdict
    if count := of.total("undescribed"):
        said = ngettext("%(count)s column is not described.", "%(count)s columns are not described.", count) % {"count": count}
        return Verdict(WARN, _("incomplete"), [said], of.worst("undescribed"))
    return Verdict(GOOD, _("yes"), [_("Every column is described.")])


def _licence(of: Subject) -> Verdict:
    licence = of.dataset.licence
    if licence is None or licence.code == "notspecified":
        return Verdict(BAD, _("missing"), [_("The licence is not specified.")], of.form("licence"))
    if not licence.is_open:
        return Verdict(
            WARN, _("not open"), [_("“%(licence)s” does not let everybody use the data.") % {"licence": licence}], of.form("licence")
        )
    return Verdict(GOOD, _("open"), [str(licence)])


def _coverage(of: Subject) -> Verdict:
    dataset, missing, field = of.dataset, [], ""
    if not (dataset.spatial_text or dataset.spatial_code):
        missing.append(_("It is not said which place the data cover."))
        field = "spatial_code"
    if not (dataset.coverage_start or dataset.coverage_end):
        missing.append(_("It is not said which time the data cover."))
        field = "coverage_start"
    return _said(of, missing, field, _("Time and place are said."))


def _origin(of: Subject) -> Verdict:
    dataset, missing, field = of.dataset, [], ""
    if not (dataset.contact_name or dataset.contact_email):
        missing.append(_("No contact is named."))
        field = "contact_name"
    if not dataset.source_name:
        missing.append(_("No source is named."))
        field = "source_name"
    return _said(of, missing, field, _("Source and contact are named."))


def _texts(of: Subject) -> Verdict:
    missing, field = [], ""
    if not of.dataset.notes:
        missing.append(_("There is no description."))
        field = "notes_km"
    for code, name in settings.LANGUAGES:
        suffix = code.replace("-", "_")
        if not (getattr(of.dataset, f"title_{suffix}") and getattr(of.dataset, f"summary_{suffix}")):
            missing.append(_("Title or summary is missing in %(language)s.") % {"language": name})
            field = field or f"title_{suffix}"
    return _said(of, missing, field, _("Title, summary and description are there, in all languages."))


def _said(of: Subject, missing: Sequence[str], field: str, well: str) -> Verdict:
    return Verdict(WARN, _("incomplete"), missing, of.form(field)) if missing else Verdict(GOOD, _("yes"), [well])


def _format(of: Subject) -> Verdict:
    closed = [one for one in of.resources if one.current and not one.current.is_table and one.format.upper() not in OPEN]
    if closed:
        names = _(", ").join(one.current.filename for one in closed if one.current)
        return Verdict(
            WARN, _("not open"), [_("Programs cannot work with %(names)s. Publish the table behind it too.") % {"names": names}], of.files
        )
    if not any(one.current for one in of.resources):
        return Verdict(INFO, _("no file"), [_("No file is kept here.")])
    return Verdict(GOOD, _("yes"), [_("Everything can be had in formats that any program reads.")])


def _links(of: Subject) -> Verdict:
    links = [one for one in of.resources if one.link_url]
    for one in links:
        if problem := one.link_check.get("problem") or one.fetched.get("problem"):
            words = [f"{one.link_url}: {failure_in_words(problem)}"]
            return Verdict(BAD, _("broken"), words, Mend("edit_resource", one.uuid))
    if not links:
        return Verdict(INFO, _("no links"), [_("The files are kept here; nothing depends on another site.")])
    if not all(one.link_check for one in links):
        return Verdict(INFO, _("not yet known"), [_("Links are tried once a week; the first time is still to come.")])
    return Verdict(GOOD, _("alive"), [_("Every link led somewhere when it was last tried.")])


def _promise(of: Subject) -> Verdict:
    frequency = of.dataset.update_frequency
    if not frequency:
        return Verdict(
            WARN, _("no promise"), [_("The publisher does not say how often the data are renewed.")], of.form("update_frequency")
        )
    return Verdict(GOOD, _("yes"), [_("Promised: %(promise)s.") % {"promise": of.dataset.get_update_frequency_display()}])


def _fresh(of: Subject) -> Verdict:
    age = (timezone.localdate() - last_renewed(of.dataset, of.resources)).days
    last = _("The newest file is %(days)s days old.") % {"days": age} if age > 1 else _("The newest file came within the last day.")
    if of.dataset.update_frequency == UpdateFrequency.NEVER:
        return Verdict(INFO, _("final"), [last])
    if promised_days(of.dataset) is None:
        return Verdict(INFO, _("no fixed date"), [last])
    if not is_overdue(of.dataset, of.resources):
        return Verdict(GOOD, _("on time"), [last])
    files = [one for one in of.resources if one.current]
    return Verdict(WARN, _("overdue"), [last], Mend("upload", files[0].uuid) if len(files) == 1 else of.files)


def _broken_down(dimension: str, of: Subject) -> Verdict:
    if any(dimension in table.profile["by"] for table in of.measured):
        return Verdict(GOOD, _("yes"), [_("Columns of the table show it.")])
    if dimension in of.dataset.disaggregation:
        return Verdict(WARN, _("not found"), [_("It is promised, but no column shows it.")], of.form("disaggregation"))
    if any(table.profile["people"] for table in of.measured):
        return Verdict(WARN, _("no"), [_("People are counted here, but no column tells them apart by this.")], of.files)
    return Verdict(INFO, _("no"), [_("No column shows it. Where nobody is counted, it may not be needed.")])


CHECKS: tuple[Check, ...] = (
    Check("schema", "valid", gettext_lazy("Checked by rules"), _schema),
    Check("errors", "valid", gettext_lazy("Errors"), _errors),
    Check("empty", "valid", gettext_lazy("Empty cells"), _empty),
    Check("duplicates", "valid", gettext_lazy("Doubled rows"), _duplicates),
    Check("codes", "valid", gettext_lazy("Codes and spellings"), _codes),
    Check("texts", "complete", gettext_lazy("Described in all languages"), _texts),
    Check("dictionary", "complete", gettext_lazy("Columns explained"), _dictionary),
    Check("licence", "complete", gettext_lazy("Licence"), _licence),
    Check("coverage", "complete", gettext_lazy("Time and place"), _coverage),
    Check("origin", "complete", gettext_lazy("Source and contact"), _origin),
    Check("format", "complete", gettext_lazy("Open format"), _format),
    Check("links", "complete", gettext_lazy("Links"), _links),
    Check("promise", "fresh", gettext_lazy("Renewal promised"), _promise),
    Check("fresh", "fresh", gettext_lazy("Renewed on time"), _fresh),
    Check("sex", "broken-down", gettext_lazy("By sex"), lambda of: _broken_down(Disaggregation.SEX, of)),
    Check("age", "broken-down", gettext_lazy("By age"), lambda of: _broken_down(Disaggregation.AGE, of)),
    Check("disability", "broken-down", gettext_lazy("By disability"), lambda of: _broken_down(Disaggregation.DISABILITY, of)),
    Check("urban-rural", "broken-down", gettext_lazy("By town and country"), lambda of: _broken_down(Disaggregation.URBAN_RURAL, of)),
    Check("place", "broken-down", gettext_lazy("By district, commune or village"), lambda of: _broken_down(PLACE, of)),
)


def points_of(dataset: Dataset, resources: Sequence[Resource]) -> list[Point]:
    """Every check of `dataset`, in the active language, from what is on record: nothing is counted and no file is opened."""
    subject = Subject(dataset, resources)
    return [Point(check, check.judge(subject)) for check in CHECKS]
