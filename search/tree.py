"""What a document must hold, as a tree that every engine can run: `Query.where`.

    And(Words("ចុះបញ្ជីដីធ្លី"), Or(Term("format", "CSV"), Range("modified", low=datetime(2026, 1, 1, tzinfo=UTC))), Not(Exists("licence")))

Text nodes (`Words`, `Phrase`, `Prefix` on a text field) are analysed like a reader's words and give a score; the others are true or
false and give 1. `Boost` multiplies. A field is

- for text: "title", "summary", "keywords", "values", "body" (all text of a document), or None for wherever readers search;
- for values: a facet, "kind", "language", "key", "name" (exact, case counts);
- for `Range`: "modified" (aware datetime), "created" (timestamp), "size" (number).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

TextField = Literal["title", "summary", "keywords", "values", "body"]
TEXT_FIELDS: tuple[TextField, ...] = ("title", "summary", "keywords", "values", "body")
RANGES = ("modified", "created", "size")


@dataclass(frozen=True, slots=True)
class All:
    """Every document."""


@dataclass(frozen=True, slots=True, init=False)
class And:
    """All of `parts`."""

    parts: tuple["Node", ...]

    def __init__(self, *parts: "Node") -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True, init=False)
class Or:
    """At least one of `parts`; of none, nothing."""

    parts: tuple["Node", ...]

    def __init__(self, *parts: "Node") -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but `part`."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class Boost:
    """`part`, its score times `factor`."""

    part: "Node"
    factor: float


@dataclass(frozen=True, slots=True)
class Words:
    """All words of `text`, in any order, spelling and inflection; synonyms count."""

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of `text` one after the other."""

    text: str
    field: TextField | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A value that begins with `text`; of a text field, a word that does (after the other words of `text`)."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """Exactly this value."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Exists:
    """Any value of a facet, or any word in a text field."""

    field: str


@dataclass(frozen=True, slots=True)
class Range:
    """Between two bounds; None is open."""

    field: str
    low: datetime | float | None = None
    high: datetime | float | None = None
    include_low: bool = True
    include_high: bool = True

    def __post_init__(self) -> None:
        if self.field not in RANGES:
            raise ValueError(f"A range is of {', '.join(RANGES)}, not of {self.field!r}.")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Analysed words one after the other in an index field; made by `matching`, for engines only. `flat`: worth `boost`, neither more
    nor less, where they stand; else BM25 times `boost`.
    """

    field: str
    tokens: tuple[str, ...]
    boost: float = 1.0
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """`row`, the pairs of a word one after the other, where the word `whole` is not; made by `matching`, for engines only."""

    whole: Tokens
    row: Tokens


@dataclass(frozen=True, slots=True)
class Better:
    """`part` must match; `better` only raise its score. Made by `matching`, for engines only."""

    part: "Node"
    better: tuple["Node", ...]


Node: TypeAlias = All | And | Or | Not | Boost | Words | Phrase | Prefix | Term | Exists | Range | Tokens | Beside | Better


def text_of(node: Node | None) -> str:
    """The words that `node` looks for, to mark them in what was found."""
    if isinstance(node, Words | Phrase):
        return node.text
    if isinstance(node, And | Or):
        return " ".join(filter(None, map(text_of, node.parts)))
    if isinstance(node, Boost):
        return text_of(node.part)
    return ""
