"""Help with asking: titles that begin as typed, topics near a question without answer, and what a synonym would do."""

from dataclasses import dataclass

from .engines import Engine, get_engine
from .engines.base import Plan
from .matching import lower
from .models import Synonym
from .query import FacetValue, Query
from .reading import read
from .registry import facet
from .synonyms import entries
from .text import completion_keys, typed_keys
from .text.words import words
from .thesaurus import Entry, Thesaurus
from .tree import Boost, Or, Prefix


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title to choose while typing: in the language in which it was begun, at the address for the reader."""

    title: str
    language: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a question becomes with a synonym, and how many documents hold all its words without and with it."""

    others: list[str]
    before: int
    after: int


def suggest(prefix: str, *, language: str, limit: int = 8, engine: Engine | None = None) -> list[Suggestion]:
    """Titles, in any script, of which `prefix` begins one of the words; spaces do not matter. Raises SearchUnavailable."""
    typed = tuple(typed_keys(prefix))
    if not typed:
        return []
    begun = [Boost(Prefix(key, "starts"), 1 / place) for place, key in enumerate(typed, 1)]
    whole = [Boost(Prefix(key, "exact"), 2.0) for key in typed[:1]]
    plan = Plan(match=Or(*begun, *whole), prefer=language, limit=4 * limit)
    found: dict[str, Suggestion] = {}
    for display in (engine or get_engine()).search(plan).displays:
        titles = {code: title for code, title in display["title"].items() if any(key.startswith(typed) for key in completion_keys(title))}
        for code in [language] if language in titles else list(titles)[:1]:
            url = display["url"].get(language) or next(iter(display["url"].values()), "")
            found.setdefault(titles[code], Suggestion(titles[code], code, display["kind"], url))
    return list(found.values())[:limit]


def nearest_topics(query: Query, *, limit: int = 5, engine: Engine | None = None) -> list[FacetValue]:
    """The topics of what holds any of the words; where nothing does, the topics with most to read. Raises SearchUnavailable."""
    engine = engine or get_engine()
    tree = read(query.text)
    for match in ([lower(tree, need="any")] if tree else []) + [None]:
        if counted := engine.search(Plan(match=match, facets=["topic"], facet_limit=limit, limit=0)).facets["topic"]:
            labels = facet("topic").labels([value for value, _ in counted], query.language)
            return [FacetValue(value, labels[value], count) for value, count in counted]
    return []


def preview_synonym(text: str, synonym: Synonym) -> Preview:
    """`synonym` need not be saved. Raises SearchUnavailable."""
    others = list(entries(exclude=synonym.pk))
    without, with_it = Thesaurus(others), Thesaurus([*others, Entry(*synonym.entry())])
    tree = read(text)
    if tree is None:
        return Preview([], 0, 0)
    before, after = (get_engine().search(Plan(match=lower(tree, known), limit=0)).total for known in (without, with_it))
    return Preview([other for span in with_it.spans(words(text)) for other in span.others], before, after)
