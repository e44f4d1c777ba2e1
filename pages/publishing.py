"""What stands between a page and its readers: a page that is not fit says why, in the form and wherever else it is published."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, Revision

Problems = Mapping[str, list[str]]
NOT_SIGNED_FOR = {"change_note", "reviewed_by"}


class CarefulForm(WagtailAdminPageForm):
    """Asks `page.problems()` unless only a draft is being saved."""

    def _post_clean(self) -> None:
        super()._post_clean()
        for field in self.instance._meta.local_fields:
            # An editor's empty text is an empty paragraph: without this its heading would stand over nothing.
            if isinstance(field, RichTextField) and not strip_tags(field.value_from_object(self.instance)).strip():
                setattr(self.instance, field.name, "")
        if self.is_deferred_validation or self.errors:
            return
        for name, messages in self.instance.problems().items():
            self.add_error(name if name in self.fields else None, messages)


def legal_problems(basis: StreamValue, *, is_sample: bool) -> list[str]:
    """What each legal basis lacks. A sample, which says on the page that it is one, may show law that nobody has compared yet."""
    problems = []
    for block in basis:
        value, missing = block.value, []
        for name, label in (("instrument", _("the instrument")), ("article", _("the article")), ("url", _("the source"))):
            if not value.get(name):
                missing.append(label)
        if not value.get("date_checked") and not is_sample:
            missing.append(_("the day on which somebody compared it with the source"))
        words = {"law": value.get("instrument") or _("without a name"), "missing": _(", ").join(missing)}
        if missing:
            problems.append(_("Legal basis “%(law)s”: give %(missing)s. Law without it is not published.") % words)
        if value.get("date_checked") and value["date_checked"] > timezone.localdate():
            problems.append(_("Legal basis “%(law)s”: the day it was checked lies in the future.") % words)
    return problems


def journey_problems(page: Any) -> list[str]:
    """Why readers could not walk through a journey."""
    found = page.review
    problems = [_("Two steps are called “%(name)s”. Give each its own name.") % {"name": name} for name in found.repeated]
    problems += [
        _("Step “%(step)s” leads to “%(name)s”, but no step has this name.") % {"step": step.title, "name": name}
        for step, name in found.unknown
    ]
    return problems if page.steps else [_("A journey needs at least one step.")]


def text_of(page: Page) -> dict[str, Any]:
    """What a signature stands for: every text that readers see, by field."""
    texts: dict[str, Any] = defaultdict(str, title=page.title)
    for field in page._meta.local_fields:
        if isinstance(field, models.CharField | models.TextField | StreamField) and field.name not in NOT_SIGNED_FOR:
            value = field.value_from_object(page)
            texts[field.name] = list(value.get_prep_value()) if isinstance(value, StreamValue) else value
    return texts


def make_true(revision: Revision, page: Any, variants: models.QuerySet[Any]) -> None:
    """Before `revision` is published: a changed text loses its signature, and all languages are as sensitive as the Khmer text."""
    if page.reviewed_by and text_of(page) != text_of(variants.get(pk=page.pk)):
        revision.content["reviewed_by"] = ""
    source = variants.filter(locale__language_code="km").exclude(pk=page.pk).first()
    if source:
        revision.content["sensitive"] = source.sensitive
    else:
        variants.exclude(pk=page.pk).update(sensitive=page.sensitive)
    revision.save(update_fields=["content"])
