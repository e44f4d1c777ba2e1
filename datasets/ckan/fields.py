"""What a field name in a package_search query means in our tables, and which of them can be sorted and counted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, StartsWith

from datasets.api.languages import COLUMNS
from datasets.models import Dataset
from datasets.selectors import visible_resources

from .dates import moment
from .dictionaries.organization import user_id
from .lucene import QueryError

Condition = Callable[[str, bool], Q]
NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


def exactly(*paths: str, ignore_case: bool = False) -> Condition:
    """The value, or its beginning where the query ends in `*`; "*" alone: there is one."""

    def condition(text: str, prefix: bool) -> Q:
        if text == "*" and not prefix:
            return _any(Q(**{f"{path}__isnull": False}) & ~Q(**{path: ""}) for path in paths)
        lookup = ("istartswith" if ignore_case else "startswith") if prefix else ("iexact" if ignore_case else "exact")
        return _any(Q(**{f"{path}__{lookup}": text}) for path in paths)

    return condition


def words_in(*paths: str) -> Condition:
    """Every word somewhere in the text, in any case."""

    def condition(text: str, prefix: bool) -> Q:
        if text == "*" and not prefix:
            return _any(~Q(**{path: ""}) & Q(**{f"{path}__isnull": False}) for path in paths)
        found = EVERYTHING
        for word in text.split() or [text]:
            found &= _any(Q(**{f"{path}__icontains": word}) for path in paths)
        return found

    return condition


def in_languages(field: str) -> tuple[str, ...]:
    return tuple(f"{field}_{column}" for column in COLUMNS.values())


def uuid_of(path: str) -> Condition:
    def condition(text: str, prefix: bool) -> Q:
        if text == "*":
            return EVERYTHING
        try:
            return Q(**{path: UUID(text)})
        except ValueError:
            return NOTHING

    return condition


def number(path: str) -> Condition:
    def condition(text: str, prefix: bool) -> Q:
        return EVERYTHING if text == "*" else Q(**{path: int(text)}) if text.isdecimal() and len(text) < 10 else NOTHING

    return condition


def by_creator(text: str, prefix: bool) -> Q:
    """Whoever has this id in `creator_user_id`, which says nothing of the number inside."""
    if text == "*":
        return Q(creator__isnull=False)
    creators = Dataset.objects.order_by().values_list("creator", flat=True).distinct()
    return Q(creator__in=[key for key in creators if user_id(key) == text])


def chosen(choices: dict[str, Q]) -> Condition:
    """One of a few words; "*" any."""
    return lambda text, prefix: EVERYTHING if text == "*" else choices.get(text.lower(), NOTHING)


def _any(conditions: Any) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


PUBLIC = Q(private=False)
CONDITIONS: dict[str, Condition] = {
    "id": uuid_of("uuid"),
    "name": exactly("name"),
    "title": words_in(*in_languages("title")),
    "title_string": exactly(*in_languages("title")),
    "title_ngram": words_in(*in_languages("title")),
    "notes": words_in(*in_languages("notes"), *in_languages("summary")),
    "organization": exactly("organization__name"),
    "owner_org": uuid_of("organization__uuid"),
    "groups": exactly("groups__name"),
    "tags": exactly("tags__name"),
    "res_format": exactly("resources__format", ignore_case=True),
    "res_name": words_in(*(f"resources__{path}" for path in in_languages("name"))),
    "res_description": words_in(*(f"resources__{path}" for path in in_languages("description"))),
    "res_url": words_in("resources__link_url", "resources__current__filename"),
    "license_id": exactly("licence__code"),
    "license": words_in("licence__code", *(f"licence__{path}" for path in in_languages("title"))),
    "isopen": chosen({"true": Q(licence__is_open=True), "false": ~Q(licence__is_open=True)}),
    "author": words_in("source_name"),
    "maintainer": words_in("contact_name"),
    "url": words_in("source_url"),
    "num_resources": number("num_resources"),
    "creator_user_id": by_creator,
    "state": chosen({"active": Q(live=True, deleted_at__isnull=True), "draft": Q(live=False), "deleted": Q(deleted_at__isnull=False)}),
    "capacity": chosen({"public": PUBLIC, "private": ~PUBLIC}),
    "private": chosen({"true": ~PUBLIC, "false": PUBLIC}),
    "dataset_type": chosen({"dataset": EVERYTHING}),
    "type": chosen({"dataset": EVERYTHING}),
    "entity_type": chosen({"package": EVERYTHING}),
    "site_id": chosen({"default": EVERYTHING}),
    "*": chosen({}),
}
# A condition on one of several tags must not be met by one tag and negated by another: these are asked in a query of their own.
MANY = ("groups", "tags", "res_format", "res_name", "res_description", "res_url")
DATES = {"metadata_created": "created", "metadata_modified": "modified"}
RANGES: dict[str, str] = {
    **DATES,
    "name": "name",
    "coverage_start": "coverage_start",
    "coverage_end": "coverage_end",
    "num_resources": "num_resources",
}
SORTS: dict[str, tuple[str, ...]] = {
    "name": ("name",),
    "id": ("uuid",),
    "title": in_languages("title"),
    "title_string": in_languages("title"),
    "metadata_created": ("created",),
    "metadata_modified": ("modified",),
    "organization": ("organization__name",),
}
FACETS = {
    "organization": "organization__name",
    "owner_org": "organization__uuid",
    "groups": "groups__name",
    "tags": "tags__name",
    "license_id": "licence__code",
    "res_format": "resources__format",
    "name": "name",
}


def extra(name: str) -> Condition:
    """A key that clients stored as an extra."""
    kept = Coalesce(KeyTextTransform(name, "extras"), Value(""), output_field=TextField())

    def condition(text: str, prefix: bool) -> Q:
        if text == "*" and not prefix:
            return ~Q(Exact(kept, ""))
        return Q(StartsWith(kept, text) if prefix else Exact(kept, text))

    return condition


def bound_of(path: str, text: str) -> Any:
    """The end of a range as the column takes it. lucene.QueryError where it is none."""
    if path == "name":
        return text
    if path == "num_resources":
        if not text.isdecimal() or len(text) > 9:
            raise QueryError("num_resources is a whole number")
        return int(text)
    value = moment_of(text)
    return value.date() if path.startswith("coverage") else value


def moment_of(text: str) -> datetime:
    """The moment a query names. lucene.QueryError where it names none."""
    try:
        return moment(text)
    except ValueError:
        raise QueryError("a date reads 2026-01-31T00:00:00Z or NOW-7DAYS") from None


def with_numbers(datasets: QuerySet[Dataset]) -> QuerySet[Dataset]:
    """`datasets` with what conditions may ask that is no column: costs nothing where none does."""
    offered = visible_resources().filter(dataset=OuterRef("pk")).order_by().values("dataset").annotate(n=Count("pk")).values("n")
    return datasets.alias(num_resources=Coalesce(Subquery(offered), 0))
