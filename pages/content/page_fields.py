"""Content files as page fields: what is the same in all languages, and the texts in one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages import models

from . import streams
from .files import ContentError, Entry
from .markup import paragraphs_html, plain

Fields = dict[str, Any]
GUIDES: dict[str, type[models.BasePage]] = {"service": models.ServiceGuide, "rights": models.RightsGuide, "health": models.HealthGuide}


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page before it is written: `shared` fields, and `texts(language)` giving the fields of one language."""

    model: type[models.BasePage]
    slug: str
    entry: Entry
    shared: Fields = field(default_factory=dict)
    texts: Callable[[str], Fields] = dict


def _common(entry: Entry, *, with_body: bool = True, facts: Mapping[str, Any] | None = None) -> Callable[[str], Fields]:
    def texts(language: str) -> Fields:
        return {
            "title": plain(entry.text(entry.required("title"), language)),
            "summary": plain(entry.text(entry.get("summary"), language)),
            "change_note": plain(entry.text(entry.get("change_note"), language)),
        } | ({"body": streams.body(entry, language, facts=facts)} if with_body else {})

    return texts


def _paragraphs(entry: Entry, language: str, *names: str) -> Fields:
    return {name: paragraphs_html(entry.text(entry.get(name), language)) for name in names}


def _vocabularies(entry: Entry) -> Fields:
    """The fields that are the same in all languages and that every page has."""
    names = ("sdgs", "human_security", "disaggregation")
    return {name: [str(code) for code in entry.get(name) or ()] for name in names} | {"sensitive": entry.get("sensitive") or ""}


def simple(model: type[models.BasePage], entry: Entry) -> PageContent:
    """A page of title, summary and body: a topic, a plain page, the list of initiatives."""
    return PageContent(model, entry.required("slug"), entry, _vocabularies(entry), _common(entry))


def home(entry: Entry, answers: Mapping[str, int]) -> PageContent:
    """The home page. `answers`: guide's slug -> key, for the questions people come with."""
    asked = [item for item in entry.get("questions") or () if item.get("guide") in answers]

    def texts(language: str) -> Fields:
        blocks = [
            ("question", {"question": plain(entry.text(item.get("text"), language)), "page": answers[item["guide"]]}) for item in asked
        ]
        return _common(entry)(language) | {
            "questions": streams.stream(blocks, name="questions"),
            "body": streams.body(entry, language, key="notices"),
        }

    return PageContent(models.HomePage, "home", entry, {}, texts)


def guide(entry: Entry, *, places: Sequence[int], datasets: Sequence[int], facts: Mapping[str, Any] | None = None) -> PageContent:
    """A guide; `places` and `datasets` are the keys of the records that its file names, `facts` the tables and charts, by name."""
    if entry.required("type") not in GUIDES:
        raise ContentError(f"{entry.path.name}: type is service, rights or health, not {entry.get('type')!r}.")
    shared = _vocabularies(entry) | {
        "reviewed_on": entry.get("reviewed_on"),
        "next_review": entry.get("next_review"),
        "places": streams.chosen("place", places, name="places"),
        "related_datasets": streams.chosen("dataset", datasets, name="related_datasets"),
    }

    def texts(language: str) -> Fields:
        return _common(entry, facts=facts)(language) | {
            **_paragraphs(entry, language, "who_for", "your_right", "deadlines", "fee", "time_needed"),
            "owner_office": plain(entry.text(entry.get("owner"), language)),
            "what_to_bring": streams.papers(entry, language),
            **{name: streams.texts(entry, language, name) for name in streams.LISTS},
        }

    return PageContent(GUIDES[entry.get("type")], entry.required("slug"), entry, shared, texts)


def journey(entry: Entry, guides: Mapping[str, int]) -> PageContent:
    """A journey; `guides`: guide's slug -> key."""

    def texts(language: str) -> Fields:
        return _common(entry, with_body=False)(language) | {"steps": streams.journey(entry, language, guides)}

    return PageContent(models.JourneyPage, entry.required("slug"), entry, _vocabularies(entry), texts)


def initiative(
    entry: Entry, *, guides: Sequence[int], datasets: Sequence[int], places: Sequence[int] = (), facts: Mapping[str, Any] | None = None
) -> PageContent:
    """One of the thirteen; `guides`, `datasets` and `places` are the keys of what its file names, `facts` as for guides."""
    shared = _vocabularies(entry) | {
        "number": str(entry.required("number")),
        "pillar": int(entry.required("pillar")),
        "related_guides": streams.chosen("guide", guides, name="related_guides"),
        "related_datasets": streams.chosen("dataset", datasets, name="related_datasets"),
        "related_places": streams.chosen("place", places, name="related_places"),
    }

    def texts(language: str) -> Fields:
        return _common(entry, facts=facts)(language) | {
            "indicators": streams.indicators(entry, language, facts or {}),
            **_paragraphs(entry, language, "purpose", "becomes"),
        }

    return PageContent(models.InitiativePage, entry.required("slug"), entry, shared, texts)
