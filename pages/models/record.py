"""What the public records of the city share: one row in all languages, an address, an initiative, an organization that answers for it."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from math import inf
from typing import Any, ClassVar, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

INITIATIVE = RegexValidator(r"^[1-3]\.\d{1,2}$", _("Write it as 2.4."))
LIKE_A_TELEPHONE = re.compile(r"[0-9០-៩](?:[ ().+-]*[0-9០-៩]){6,}")


class Moment(NamedTuple):
    """What a calendar shows, in local time; a whole day has no end."""

    begin: datetime
    end: datetime | None = None


def whole_day(day: date | None) -> list[Moment]:
    """The one moment of a deadline; none where there is none."""
    return [Moment(timezone.make_aware(datetime.combine(day, time())))] if day else []


class Record(index.Indexed, models.Model):
    """A commitment, notice, event or ambassador. A text has a column for each language.

    `register` is its part of the address, `texts` are its translated fields, `columns` what else its table has, `filters` what its
    list can be narrowed by; `states` maps a state to its word and the shape of its badge.
    """

    register: ClassVar[str]
    texts: ClassVar[tuple[str, ...]] = ("title", "description")
    columns: ClassVar[tuple[str, ...]] = ()
    filters: ClassVar[tuple[str, ...]] = ()
    states: ClassVar[Mapping[str, tuple[Any, str]]] = {}

    slug = models.SlugField(
        _("address on this site"), unique=True, help_text=_("Latin letters, digits, hyphens. Never changes once public.")
    )
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True)
    initiative = models.CharField(
        _("initiative"), max_length=5, blank=True, validators=[INITIATIVE], help_text=_("Its number, 2.4 for example.")
    )
    organization = models.ForeignKey(
        "datasets.Organization", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    is_sample = models.BooleanField(_("sample"), default=False)
    created = models.DateTimeField(_("added"), auto_now_add=True)
    modified = models.DateTimeField(_("changed"), auto_now=True)

    search_auto_update = False  # see portal/staff_search.py
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("slug")]

    class Meta:
        abstract = True
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        """Its page in the language that is active."""
        return reverse("record", args=[self.register, self.slug])

    def clean(self) -> None:
        """A sample has no telephone number: somebody might call it."""
        if self.is_sample:
            for name in self.texts:
                for field in (f"{name}_{language}" for language in ("km", "en", "zh_hans")):
                    if LIKE_A_TELEPHONE.search(re.sub(r"https?://\S+|\d{4}-\d\d-\d\d", "", getattr(self, field) or "")):
                        raise ValidationError({field: _("A sample has no telephone number: somebody might call it.")})

    @classmethod
    def public(cls) -> models.QuerySet[Any]:
        """What everybody may see."""
        return cls._default_manager.select_related("organization")

    @property
    def state(self) -> str:
        """One of `states`, as things are today; empty where the model has none."""
        return ""

    @property
    def badge(self) -> tuple[Any, str]:
        """Its state in a word, and the shape of the theme that stands with it."""
        return self.states.get(self.state, ("", ""))

    def moments(self) -> list[Moment]:
        """Its days, the first first."""
        return []

    def coming(self) -> list[Moment]:
        """The moments that are not over."""
        now = timezone.now()
        return [moment for moment in self.moments() if (moment.end or moment.begin + timedelta(days=1)) > now]

    @property
    def rank(self) -> tuple[bool, float]:
        """Place in a list: what comes next first, then what has no day, then what is over, the newest first."""
        if not (moments := self.moments()):
            return False, inf
        coming = self.coming()
        return not coming, coming[0].begin.timestamp() if coming else -moments[-1].begin.timestamp()

    def facts(self) -> list[tuple[Any, Any]]:
        """(label, words) for its page, in the active language; words may be a day, a text, or a list of (address, words)."""
        return []
