"""A document as an index keeps it: analysed text to match, values to filter and sort by, and what a results page shows."""

from dataclasses import dataclass
from typing import Any

from .documents import LANGUAGES, Document
from .text import ANALYSIS_VERSION, Analysis, analyse, runs

# The body holds the other fields too: one field to match in, the others to rank by.
FIELDS = ("title", "keywords", "summary", "values", "body")
# Stands between two texts of a field: no phrase reaches over it.
BREAK = "\u2029"
# What an index holds: raise LAYOUT when this module or an engine's schema changes what is written.
LAYOUT = 2
INDEX_VERSION = f"{LAYOUT}/{ANALYSIS_VERSION}"

SORT_NUMBERS = ("created", "size")
SORT_TEXTS = ("name", *(f"title_{language.replace('-', '_')}" for language in LANGUAGES))


@dataclass(frozen=True, slots=True)
class Prepared:
    """`text`: field name + "_w" (words) or "_g" (bigrams) -> space-joined tokens; `facets` include kind and language."""

    key: str
    text: dict[str, str]
    facets: dict[str, list[str]]
    exact: list[str]
    modified: Any
    numbers: dict[str, float]
    names: dict[str, str]
    display: dict[str, Any]


def title_key(text: str) -> str:
    """What a title and a question that is that title have in common."""
    return " ".join(run.text for run in runs(text))[:200]


def prepare(document: Document) -> Prepared:
    """The document analysed."""
    texts = {
        "title": list(document.title.values()),
        "keywords": list(document.keywords),
        "summary": list(document.summary.values()),
        "values": list(document.values),
        "body": list(document.body.values()),
    }
    tokens: dict[str, str] = {}
    everything: list[Analysis] = []
    for name, parts in texts.items():
        analyses = [analyse(part) for part in parts if part]
        everything += analyses
        if name == "body":
            analyses = everything
        tokens[f"{name}_w"] = f" {BREAK} ".join(" ".join(analysis.words) for analysis in analyses)
        tokens[f"{name}_g"] = f" {BREAK} ".join(" ".join(analysis.bigrams) for analysis in analyses if analysis.bigrams)
    facets = {name: [str(value) for value in values] for name, values in document.facets.items() if values}
    facets |= {"kind": [document.kind], "language": list(document.languages), "has": [name for name, parts in texts.items() if any(parts)]}
    any_title = next((title for title in document.title.values() if title), "")
    titles = {f"title_{language.replace('-', '_')}": document.title.get(language) or any_title for language in LANGUAGES}
    return Prepared(
        key=document.key,
        text=tokens,
        facets=facets,
        exact=[title_key(title) for title in document.title.values() if title],
        modified=document.modified,
        numbers={name: float(document.sort.get(name, 0)) for name in SORT_NUMBERS},
        names={name: text[:200] for name, text in {"name": str(document.sort.get("name", "")), **titles}.items()},
        display={
            "key": document.key,
            "kind": document.kind,
            "language": document.language,
            "languages": list(document.languages),
            "title": dict(document.title),
            "summary": dict(document.summary),
            "body": dict(document.body),
            "keywords": list(document.keywords),
            "values": list(document.values),
            "url": dict(document.url),
            "facets": {name: list(values) for name, values in document.facets.items()},
            "modified": document.modified.isoformat(),
            "extra": dict(document.extra),
        },
    )
