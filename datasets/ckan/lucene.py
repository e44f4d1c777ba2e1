"""The part of Lucene's query language that CKAN's clients use, as a small tree.

    expression := [+|-|NOT] atom, joined by AND (also unwritten) or OR, OR binding weakest
    atom       := ( expression ) | field:value | value
    value      := word | "phrase" | ( values ) | [low TO high] | {low TO high}

No Django, no fields known here: `clauses.py` says what a field means. Local parameters (`{!…}`) are refused, as CKAN does.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

MAX_LENGTH = 4000
MAX_DEPTH = 20


class QueryError(ValueError):
    """The text is not a query. The message says where, and never repeats the text."""


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

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<field>[A-Za-z_][\w.\-]*|\*)\s*:(?!\s|$)
      | (?P<phrase>"(?:[^"\\]|\\.)*")(?:~[\d.]+)?(?:\^[\d.]+)?
      | (?P<mark>[()\[\]{}])
      | (?P<sign>[+\-!](?=\S))
      | (?P<word>(?:\\.|[^\s()\[\]{}"\\])+)
    )""",
    re.VERBOSE,
)


def parse(text: str) -> Node | None:
    """The tree of a query; None for an empty one or `*:*`, which ask for everything. QueryError for what cannot be read."""
    if len(text) > MAX_LENGTH:
        raise QueryError("the query is too long")
    if "{!" in text:
        raise QueryError("local parameters are not supported")
    if text.strip() in ("", "*", "*:*", '""', "''"):
        return None
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise QueryError(f"unexpected sign at position {position + 1}")
        tokens.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return tokens


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.position = 0
        self.depth = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.position] if self.position < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.position += 1
        return token

    def accept(self, kind: str, *texts: str) -> bool:
        found = self.peek()[0] == kind and self.peek()[1] in texts
        self.position += found
        return found

    def whole(self) -> Node:
        node = self.any_of(None)
        if self.peek()[0] != "end":
            raise QueryError(f"unexpected {self.peek()[1]!r}")
        return node

    def any_of(self, field: str | None) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise QueryError("too many parentheses")
        nodes = [self.all_of(field)]
        while self.accept("word", "OR", "||"):
            nodes.append(self.all_of(field))
        self.depth -= 1
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def all_of(self, field: str | None) -> Node:
        nodes = [self.signed(field)]
        while True:
            joined = self.accept("word", "AND", "&&")
            token = self.peek()
            if not joined and (token[0] == "end" or token in (("mark", ")"), ("word", "OR"), ("word", "||"))):
                return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
            nodes.append(self.signed(field))

    def signed(self, field: str | None) -> Node:
        negated = False
        while self.peek()[0] == "sign" or self.peek() == ("word", "NOT"):
            negated ^= self.take()[1] != "+"
        node = self.atom(field)
        return Not(node) if negated else node

    def atom(self, field: str | None) -> Node:
        kind, text = self.take()
        if kind == "field" and field is None:
            return self.atom(text)
        if kind == "mark" and text == "(":
            node = self.any_of(field)
            if not self.accept("mark", ")"):
                raise QueryError("a parenthesis is not closed")
            return node
        if kind == "mark" and text in "[{" and field is not None:
            return self.range(field, text == "[")
        if kind == "phrase":
            return Value(field, _unescaped(text[1:-1]), quoted=True)
        if kind == "word" and text not in ("AND", "OR", "&&", "||", "TO"):
            word = re.sub(r"(?<=.)(?:\^[\d.]+|~[\d.]*)$", "", text)
            if word == "*":
                return Value(field, "*")
            prefix = word.endswith("*") and not word.endswith("\\*")
            return Value(field, _unescaped(word[:-1] if prefix else word), prefix=prefix)
        raise QueryError("the query ends too early" if kind == "end" else f"unexpected {text!r}")

    def range(self, field: str, include_low: bool) -> Range:
        low = self.bound()
        if not self.accept("word", "TO"):
            raise QueryError("a range reads [low TO high]")
        high = self.bound()
        mark = self.take()
        if mark not in (("mark", "]"), ("mark", "}")):
            raise QueryError("a range is not closed")
        return Range(field, low, high, include_low, mark[1] == "]")

    def bound(self) -> str:
        """One end of a range. A time looks like `field:value` to the tokens, so the pieces are put together again."""
        pieces = ""
        while True:
            kind, text = self.take()
            if kind == "phrase" and not pieces:
                return text[1:-1]
            if kind == "word":
                return pieces + text
            if kind not in ("sign", "field"):
                raise QueryError("a range reads [low TO high]")
            pieces += text if kind == "sign" else f"{text}:"


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
