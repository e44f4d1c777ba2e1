"""The trust panel: is it valid, fresh, complete? A word and a shape each, with the reasons behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from datasets.models import Dataset, Resource
from datasets.vocabularies import UpdateFrequency

# How long after the last renewal data may still be called fresh: the promised interval and a quarter of it as grace.
INTERVALS = {
    UpdateFrequency.CONTINUAL: 2,
    UpdateFrequency.DAILY: 2,
    UpdateFrequency.WEEKLY: 9,
    UpdateFrequency.MONTHLY: 39,
    UpdateFrequency.QUARTERLY: 115,
    UpdateFrequency.BIANNUAL: 230,
    UpdateFrequency.ANNUAL: 457,
    UpdateFrequency.BIENNIAL: 914,
}


@dataclass(frozen=True, slots=True)
class Sign:
    """One line of the panel. `shape` is a badge class of the theme (good, bad, warn, info), `word` stands in it, `reasons` explain it."""

    question: str
    word: str
    shape: str
    reasons: Sequence[str]
    reports: Sequence[Resource] = ()


def trust_signs(dataset: Dataset, resources: Sequence[Resource]) -> list[Sign]:
    """Valid, fresh, complete: of the published versions of `resources` and of the dataset's description."""
    return [_valid(resources), _fresh(dataset, resources), _complete(dataset, resources)]


def _valid(resources: Sequence[Resource]) -> Sign:
    question = _("Valid")
    tables = [resource for resource in resources if resource.current and resource.current.is_table]
    errors = sum(resource.current.error_count for resource in tables if resource.current)
    rows = sum(resource.current.row_count or 0 for resource in tables if resource.current)
    if not tables:
        return Sign(question, _("not checked"), "info", [_("There is no table here that could be checked.")])
    if errors:
        word = ngettext("%(count)s error", "%(count)s errors", errors) % {"count": f"{errors:,}"}
        reasons = [
            ngettext(
                "%(count)s row was checked against the rules of its columns.",
                "%(count)s rows were checked against the rules of their columns.",
                rows,
            )
            % {"count": f"{rows:,}"},
            _("The publisher knows about the errors and publishes the data as they are."),
        ]
        return Sign(question, word, "bad", reasons, tables)
    checked = ngettext(
        "%(count)s row was checked against the rules of its columns: nothing is wrong.",
        "%(count)s rows were checked against the rules of their columns: nothing is wrong.",
        rows,
    )
    return Sign(question, _("yes"), "good", [checked % {"count": f"{rows:,}"}, _("The check looks at form, not at truth.")], tables)


def last_renewed(dataset: Dataset, resources: Sequence[Resource]) -> date:
    """The day the newest file was published, else the day the description last changed."""
    moments = [resource.current.published for resource in resources if resource.current and resource.current.published]
    return timezone.localtime(max(moments) if moments else dataset.modified).date()


def is_overdue(dataset: Dataset, resources: Sequence[Resource]) -> bool:
    """Whether the promised renewal has not come in time."""
    allowed = INTERVALS.get(dataset.update_frequency)  # type: ignore[call-overload]
    return allowed is not None and timezone.localdate() - last_renewed(dataset, resources) > timedelta(days=allowed)


def _fresh(dataset: Dataset, resources: Sequence[Resource]) -> Sign:
    question = _("Fresh")
    renewed = last_renewed(dataset, resources)
    age = timezone.localdate() - renewed
    last = (
        _("The newest file is %(days)s days old.") % {"days": age.days} if age.days > 1 else _("The newest file came within the last day.")
    )
    promise = dataset.get_update_frequency_display() if dataset.update_frequency else ""
    promised = _("Promised: %(promise)s.") % {"promise": promise}
    if not dataset.update_frequency:
        return Sign(question, _("no promise"), "info", [_("The publisher does not say how often the data are renewed."), last])
    if dataset.update_frequency == UpdateFrequency.NEVER:
        return Sign(question, _("final"), "info", [promised])
    if dataset.update_frequency not in INTERVALS:
        return Sign(question, _("no fixed date"), "info", [promised, last])
    if is_overdue(dataset, resources):
        return Sign(question, _("overdue"), "warn", [promised, last])
    return Sign(question, _("yes"), "good", [promised, last])


def _complete(dataset: Dataset, resources: Sequence[Resource]) -> Sign:
    missing = missing_facts(dataset, resources)
    if not missing:
        return Sign(
            _("Complete"), _("yes"), "good", [_("Source, licence, coverage, contact and every column are described, in all languages.")]
        )
    word = ngettext("%(count)s thing missing", "%(count)s things missing", len(missing)) % {"count": len(missing)}
    return Sign(_("Complete"), word, "warn", missing)


def missing_facts(dataset: Dataset, resources: Sequence[Resource]) -> list[str]:
    """What the description lacks, one sentence each."""
    missing = []
    for code, name in settings.LANGUAGES:
        suffix = code.replace("-", "_")
        if not (getattr(dataset, f"title_{suffix}") and getattr(dataset, f"summary_{suffix}")):
            missing.append(_("Title or summary is missing in %(language)s.") % {"language": name})
    if not dataset.notes:
        missing.append(_("There is no description."))
    if dataset.licence is None or dataset.licence.code == "notspecified":
        missing.append(_("The licence is not specified."))
    if not dataset.source_name:
        missing.append(_("No source is named."))
    if not (dataset.contact_name or dataset.contact_email):
        missing.append(_("No contact is named."))
    if not dataset.update_frequency:
        missing.append(_("It is not said how often the data are renewed."))
    if not (dataset.coverage_start or dataset.coverage_end):
        missing.append(_("It is not said which time the data cover."))
    if not (dataset.spatial_text or dataset.spatial_code):
        missing.append(_("It is not said which place the data cover."))
    if undescribed := sum(_undescribed(resource) for resource in resources):
        missing.append(
            ngettext("%(count)s column is not described.", "%(count)s columns are not described.", undescribed) % {"count": undescribed}
        )
    return missing


def _undescribed(resource: Resource) -> int:
    schema: dict[str, Any] = resource.current.schema if resource.current and resource.current.is_table else {}
    return sum(
        not (field.get("description") or any((field.get("description_translated") or {}).values())) for field in schema.get("fields") or []
    )
