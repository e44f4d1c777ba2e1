"""What a reader typed, as a tree: words, "quoted phrases" in any script's quotes, -without, field:value for those who know."""

import re

from .text import words
from .tree import And, Node, Not, Or, Phrase, Term, TextField, Words

# Typed name -> text field of the index, or facet.
TEXTS: dict[str, TextField] = {"title": "title", "summary": "summary", "keyword": "keywords", "text": "body", "value": "values"}
FACETS = {name: name for name in ("organization", "topic", "format", "licence", "tag", "kind", "language", "name")}
FACETS |= {"group": "topic", "license": "licence", "org": "organization"}

_QUOTES = {'"': '"', "“": "”“", "”": "”", "„": "“”„", "«": "»", "‹": "›", "「": "」", "『": "』", "《": "》", "＂": "＂"}
_QUOTED = "|".join(f"{opening}[^{closing}]*[{closing}]" for opening, closing in _QUOTES.items())
_NAMES = "|".join([*TEXTS, *FACETS])
_PIECE = re.compile(
    rf"(?<!\S)(?P<minus>[-−－])?(?P<field>(?i:{_NAMES}))[:：](?P<of>{_QUOTED}|\S+)|(?<!\S)(?P<without>[-−－])(?=\S)(?P<what>{_QUOTED}|\S+)|(?P<phrase>{_QUOTED})"
)
# Corner quotes and title marks around a whole question are how Chinese is written, no sign: as words the phrase itself ranks first.
_TYPOGRAPHY = re.compile("^[「『《]([^「」『』《》]*)[」』》]$")


def read(text: str) -> Node | None:
    """The tree for `text`; None for an empty one. What is no sign of this little language is words."""
    text = _TYPOGRAPHY.sub(r"\1", text.strip())
    if not text:
        return None
    parts: list[Node] = []
    plain: list[str] = []
    last = 0
    for match in _PIECE.finditer(text):
        plain.append(text[last : match.start()])
        last = match.end()
        if match["field"]:
            node = _of_field(match["field"].lower(), match["of"])
            parts.append(Not(node) if match["minus"] else node)
        elif match["without"]:
            parts.append(Not(_quoted_or_words(match["what"])))
        elif len(words(match["phrase"])) > 1:
            parts.append(Phrase(match["phrase"][1:-1]))
        else:  # one word is no phrase
            plain.append(match["phrase"][1:-1])
    if typed := " ".join([*plain, text[last:]]).strip():
        parts.insert(0, Words(typed))
    return And(*parts) if parts else None


def _quoted_or_words(text: str, field: TextField | None = None) -> Node:
    quoted = text[0] in _QUOTES and len(text) > 1 and text[-1] in _QUOTES[text[0]]
    return Phrase(text[1:-1], field) if quoted else Words(text, field)


def _of_field(name: str, text: str) -> Node:
    if name in TEXTS:
        return _quoted_or_words(text, TEXTS[name])
    value = text.strip("".join({*_QUOTES, *"".join(_QUOTES.values())}))
    return Or(*(Term(FACETS[name], form) for form in dict.fromkeys((value, value.lower(), value.upper()))))
