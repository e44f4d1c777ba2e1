"""From a query's tree to a condition on datasets. Free words are asked of the search engine, everything else of the database."""

from collections.abc import Callable

from django.db.models import Q

from datasets.models import Dataset

from .fields import CONDITIONS, DATES, EVERYTHING, MANY, NOTHING, RANGES, bound_of, extra, moment_of
from .lucene import And, Node, Not, Or, Range, Value

FindWords = Callable[[str], list[int]]


def split_words(node: Node | None) -> tuple[str, Node | None]:
    """The free words that every hit must hold (they give the relevance), and what is left of the tree."""
    if node is None:
        return "", None
    nodes = node.nodes if isinstance(node, And) else (node,)
    words = [part for part in nodes if isinstance(part, Value) and _is_free(part) and not part.prefix]
    rest = tuple(part for part in nodes if part not in words)
    text = " ".join(f'"{word.text}"' if word.quoted else word.text for word in words)
    return text, (None if not rest else rest[0] if len(rest) == 1 else And(rest))


def condition(node: Node | None, find: FindWords) -> Q:
    """The Q that `node` asks for; `find` gives the keys of datasets with some words. QueryError where a value cannot be read."""
    if node is None:
        return EVERYTHING
    if isinstance(node, Not):
        return ~condition(node.node, find)
    if isinstance(node, And | Or):
        found = condition(node.nodes[0], find)
        for part in node.nodes[1:]:
            found = found & condition(part, find) if isinstance(node, And) else found | condition(part, find)
        return found
    if isinstance(node, Range):
        return _range(node)
    if _is_free(node):
        return EVERYTHING if node.text == "*" else Q(pk__in=find(node.text))
    return _value(node)


def _is_free(value: Value) -> bool:
    return value.field in (None, "text")


def _value(value: Value) -> Q:
    field = value.field or ""
    if field in DATES:
        if value.text == "*":
            return EVERYTHING
        return Q(**{DATES[field]: moment_of(value.text)})
    wanted = CONDITIONS.get(field) or extra(field.removeprefix("extras_"))
    found = wanted(value.text, value.prefix)
    if field in MANY:
        if field.startswith("res_"):
            found &= Q(resources__deleted_at__isnull=True)
        return Q(pk__in=Dataset.objects.filter(found).values("pk"))
    return found


def _range(node: Range) -> Q:
    path = RANGES.get(node.field)
    if path is None:
        return NOTHING
    found = EVERYTHING
    for bound, lookup in (
        (node.low, "gte" if node.include_low else "gt"),
        (node.high, "lte" if node.include_high else "lt"),
    ):
        if bound != "*":
            found &= Q(**{f"{path}__{lookup}": bound_of(path, bound)})
    return found
