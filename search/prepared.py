"""A document as an index keeps it: analysed text to match, values to filter and sort by, and what a results page shows."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from .documents import LANGUAGES, Document
from .text import ANALYSIS_VERSION, BREAK, analyse, completion_keys, runs, search_key, vocabulary_words

# The body holds the other fields too, but for values: one field to match in, the others to rank by.
FIELDS = ("title", "keywords", "summary", "values", "body")
# What an index holds: raise LAYOUT when this module or an engine's schema changes what is written.
LAYOUT = 9
INDEX_VERSION = f"{LAYOUT}/{ANALYSIS_VERSION}"

SORT_NUMBERS = ("created", "size")
SORT_TEXTS = ("name", *(f"title_{language.replace('-', '_')}" for language in LANGUAGES))
# Kept whole, many to a document: titles for exact matches; without spaces their endings for suggestions, and words as people write
# them for corrections.
LISTS = ("exact", "starts", "spelling")
# How much of a body teaches spelling, where there is no summary.
TAUGHT = 200
FULL = 6000  # bytes of a body that tells all


@dataclass(frozen=True, slots=True)
class Prepared:
    """`text`: field name + "_w" (words) or "_g" (bigrams and parts of compounds) -> space-joined tokens; `facets` include kind and
    language; `lists`: see LISTS; `signal`: 0 to 0.7, raises the score; `values`: a line "key, path, value" for each cell value.
    """

    key: str
    text: dict[str, str]
    facets: dict[str, list[str]]
    lists: dict[str, list[str]]
    modified: Any
    numbers: dict[str, float]
    names: dict[str, str]
    signal: float
    digest: str
    values: str
    display: dict[str, Any]


def title_key(text: str) -> str:
    """What a title and a question that is that title have in common."""
    return " ".join(run.text for run in runs(text))[:200]


def digest(document: Document) -> str:
    """Changes when anything of the document does."""
    return blake2b(repr(document).encode(), digest_size=12).hexdigest()


def signal(document: Document) -> float:
    """A little for what is described in more languages, for a text that tells more than a stub does, and for what changed lately (a year
    counts a hundredth).
    """
    told = min(max((len(text.encode()) for text in document.body.values()), default=0) / FULL, 1.0)
    described = (
        len([title for title in document.title.values() if title]) / 3 + any(document.summary.values()) + any(document.body.values())
    ) / 3
    years = document.modified.year + document.modified.timetuple().tm_yday / 366 - 2020
    return 0.1 * min(described, 1.0) + 0.5 * told + 0.01 * min(max(years, 0.0), 10.0)


def _tokens(texts: dict[str, list[str]]) -> dict[str, str]:
    tokens: dict[str, str] = {}
    for name, pieces in texts.items():
        words, parts, bigrams, forms = analyse(*filter(None, pieces))
        tokens[f"{name}_w"] = " ".join(words)
        tokens[f"{name}_g"] = f" {BREAK} ".join(" ".join(found) for found in (bigrams, parts, forms) if found)
    for kind in "wg":
        whole = (tokens[f"{name}_{kind}"] for name in FIELDS if name != "values")
        tokens[f"body_{kind}"] = f" {BREAK} ".join(filter(None, whole))
    return tokens


def prepare(document: Document) -> Prepared:
    """The document analysed."""
    texts = {
        "title": list(document.title.values()),
        "keywords": list(document.keywords),
        "summary": list(document.summary.values()),
        "values": [value for values in document.values.values() for value in values],
        "body": list(document.body.values()),
    }
    facets = {name: [str(value) for value in values] for name, values in document.facets.items() if values}
    facets |= {
        "kind": [document.kind],
        "language": list(document.languages),
        "has": [name for name, pieces in texts.items() if any(pieces)],
    }
    titles = [title for title in document.title.values() if title]
    by_language = {f"title_{language.replace('-', '_')}": document.title.get(language) or next(iter(titles), "") for language in LANGUAGES}
    spoken = {language: text[:TAUGHT] for language, text in document.body.items()} | {k: v for k, v in document.summary.items() if v}
    taught = "\n".join([*titles, *document.keywords, *spoken.values()])
    return Prepared(
        key=document.key,
        text=_tokens(texts),
        facets=facets,
        lists={
            "exact": [title_key(title) for title in titles],
            "starts": list(dict.fromkeys(key for title in titles for key in completion_keys(title))),
            "spelling": vocabulary_words(taught),
        },
        modified=document.modified,
        numbers={name: float(document.sort.get(name, 0)) for name in SORT_NUMBERS},
        names={name: text[:200] for name, text in {"name": str(document.sort.get("name", "")), **by_language}.items()},
        signal=signal(document),
        digest=digest(document),
        values="\n".join(f"{search_key(value)}\t{path}\t{value}" for path, values in document.values.items() for value in values),
        display={
            "key": document.key,
            "kind": document.kind,
            "language": document.language,
            "languages": list(document.languages),
            "title": dict(document.title),
            "summary": dict(document.summary),
            "body": dict(document.body),
            "url": dict(document.url),
            "facets": {name: list(values) for name, values in document.facets.items()},
            "modified": document.modified.isoformat(),
            "extra": dict(document.extra),
            "values": bool(document.values),
        },
    )
