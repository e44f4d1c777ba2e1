"""Lucene's query language as CKAN's clients use it, read by luqum into a small tree.

No Django, no fields known here: `clauses.py` and `index_query.py` say what a field means. Clauses side by side must all hold, as CKAN has
it; boosts, slops and fuzziness are read and left aside; local parameters (`{!…}`) and regular expressions are refused.
"""

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from luqum import tree as luqum
from luqum.exceptions import ParseError
from luqum.thread import parse as read

MAX_LENGTH = 4000
MAX_DEPTH = 40


class QueryError(ValueError):
    """The text is not a query. The message never repeats the text."""


@dataclass(frozen=True, slots=True)
class Value:
    """A word or phrase; `field` is None for free text. `prefix` for a word ending in `*`; the text "*" alone means any value."""

    field: str | None
    text: str
    quoted: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """`low` and `high` as written, "*" for open; each end says whether it is included."""

    field: str
    low: str
    high: str
    include_low: bool
    include_high: bool


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple["Node", ...]


Node: TypeAlias = Value | Range | Not | And | Or

# Signs for AND, OR and NOT that luqum takes for words; what stands in quotes is passed over.
_SIGNS = re.compile(r'"(?:[^"\\]|\\.)*"|(?<!\S)(?P<sign>&&|\|\|)(?!\S)|(?<![^\s(])!(?=\S)', re.DOTALL)


def parse(text: str) -> Node | None:
    """The tree of a query; None for an empty one or `*:*`, which ask for everything. QueryError for what cannot be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError("the query is too long")
    if "{!" in text:
        raise QueryError("local parameters are not supported")
    if text.strip() in ("", "*", "*:*", '""', "''"):
        return None
    try:
        return _node(read(_SIGNS.sub(_word_for, text)), None, 0)
    except QueryError:
        raise
    except (ParseError, RecursionError, ArithmeticError, ValueError):  # the last two: `a~.` and `"a b"~1.1.1` are no numbers
        raise QueryError("check quotes, parentheses and ranges") from None


def _word_for(match: re.Match[str]) -> str:
    if match[0].startswith('"'):
        return match[0]
    return {"&&": "AND", "||": "OR"}.get(match["sign"] or "", "NOT ")


def _node(item: Any, field: str | None, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise QueryError("too many parentheses")
    depth += 1
    if isinstance(item, luqum.SearchField):
        return _node(item.expr, item.name, depth) if field is None else Value(field, _unescaped(str(item).strip()))
    if isinstance(item, luqum.Phrase):
        return Value(field, _unescaped(item.value[1:-1]), quoted=True)
    if isinstance(item, luqum.Word):
        return _word(item.value, field)
    if isinstance(item, luqum.OrOperation):
        return Or(tuple(_node(part, field, depth) for part in item.children))
    if isinstance(item, luqum.BaseOperation):
        return And(tuple(_node(part, field, depth) for part in item.children))
    if isinstance(item, luqum.Not | luqum.Prohibit):
        node = _node(item.a, field, depth)
        return node.node if isinstance(node, Not) else Not(node)
    if isinstance(item, luqum.Range) and field is not None:
        return Range(field, _bound(item.low), _bound(item.high), item.include_low, item.include_high)
    if isinstance(item, luqum.Regex | luqum.Range | luqum.From | luqum.To):
        raise QueryError("regular expressions and ranges without a field are not supported, and a range reads [low TO high]")
    (inner,) = item.children  # groups, a plus, a boost
    return _node(inner, field, depth)


def _word(text: str, field: str | None) -> Value:
    if text == "*":
        return Value(field, "*")
    prefix = text.endswith("*") and not text.endswith("\\*")
    return Value(field, _unescaped(text[:-1] if prefix else text), prefix=prefix)


def _bound(item: Any) -> str:
    return str(item.value[1:-1] if isinstance(item, luqum.Phrase) else item.value)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
