"""What a datastore_search call asks for, read and checked; filters as our tables understand them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasets.tabular import AnyOf, Condition, Filter

from .errors import ValidationError
from .lucene import And, Node, Not, Or, QueryError, Value, parse
from .values import MISSING, boolean, integer, mapping, strings, text

KNOWN = {
    "resource_id", "id", "filters", "q", "full_text", "plain", "language", "distinct", "limit", "offset", "fields", "sort", "include_total",
    "records_format", "include_next_page", "total_estimation_threshold",
}  # fmt: skip
FORMATS = ("objects", "lists", "csv", "tsv")
MOST = 32_000
OPERATORS = {"lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte", "eq": "eq", "in": "in"}
MOST_OPERATIONS = 100
MOST_DEPTH = 10
_SORT = re.compile(r'\s*(?:"((?:[^"]|"")+)"|([^\s",]+))(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*(?:,|$)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TableRequest:
    """`echo`: the parameters as the answer repeats them."""

    resource_id: str
    filters: list[Condition]
    search: str
    words: dict[str, str]
    asked: list[Condition]
    fields: list[str] | None
    sort: list[tuple[str, bool]]
    limit: int
    offset: int
    distinct: bool
    include_total: bool
    include_next_page: bool
    form: str
    echo: dict[str, Any]

    def all_filters(self) -> list[Condition]:
        """Filters, and words by column as filters."""
        return [
            *self.filters,
            *self.asked,
            *(Filter(name, "contains", word) for name, words in self.words.items() for word in words.split()),
        ]

    def ranks(self) -> dict[str, tuple[str | None, list[str]]]:
        """Name of each column of ranks in the answer: the column it is about (None: any) and the words."""
        if self.distinct:
            return {}
        if self.words:
            return {f"rank {name}": (name, words.split()) for name, words in self.words.items()}
        words = [*self.search.split(), *_wanted(self.asked)]
        return {"rank": (None, words)} if words or self.asked else {}


def read_table_request(data: dict[str, Any]) -> TableRequest:
    """The request. ValidationError by parameter; parameters nobody knows are refused."""
    unknown = sorted(set(data) - KNOWN)
    if unknown:
        raise ValidationError({"__extras": [f'invalid value "{name}"' for name in unknown]})
    resource_id = text(data, "resource_id") or text(data, "id")
    if not resource_id:
        raise ValidationError({"resource_id": [MISSING]})
    form = text(data, "records_format", "objects")
    if form not in FORMATS:
        raise ValidationError({"records_format": [f'invalid value "{form}"']})
    limit, offset = _paging(data)
    filters = mapping(data, "filters")
    search, words, asked = _search(data)
    given = {
        "filters": filters,
        "q": words or text(data, "q") or None,
        "sort": text(data, "sort") or None,
        "full_text": data.get("full_text"),
        "language": data.get("language"),
        "offset": offset if "offset" in data else None,
        "plain": boolean(data, "plain", True) if "plain" in data else None,
        "distinct": boolean(data, "distinct", False) if "distinct" in data else None,
    }
    request = TableRequest(
        resource_id=resource_id,
        filters=_filters(filters),
        search=search,
        words=words,
        asked=asked,
        fields=strings(data, "fields", split=",") or None,
        sort=_sort(text(data, "sort")),
        limit=limit,
        offset=offset,
        distinct=boolean(data, "distinct", False),
        include_total=boolean(data, "include_total", True),
        include_next_page=boolean(data, "include_next_page", False),
        form=form,
        echo={key: value for key, value in given.items() if value is not None},
    )
    request.echo.update(
        resource_id=resource_id,
        limit=limit,
        include_total=request.include_total,
        include_next_page=request.include_next_page,
        records_format=form,
    )
    return request


def _paging(data: dict[str, Any]) -> tuple[int, int]:
    found = []
    for key, default in (("limit", 100), ("offset", 0)):
        value = integer(data, key, default)
        if value < 0:
            raise ValidationError({key: [f'invalid value "{value}"']})
        found.append(value)
    return min(found[0], MOST), min(found[1], 2**62)


def _search(data: dict[str, Any]) -> tuple[str, dict[str, str], list[Condition]]:
    """Words anywhere in the row, words by column, and what PostgreSQL's tsquery asks for where `plain` is false."""
    q = data.get("q")
    if isinstance(q, str) and q.lstrip().startswith("{"):
        q = mapping(data, "q")
    if isinstance(q, dict):
        if not all(isinstance(word, str) for word in q.values()):
            raise ValidationError({"q": ["Must be text, or an object of texts by field"]})
        return text(data, "full_text"), {str(name): word for name, word in q.items()}, []
    if boolean(data, "plain", True):
        return f"{text(data, 'q')} {text(data, 'full_text')}".strip(), {}, []
    query = re.sub(r"<(?:-|\d+)>|&", " AND ", re.sub(r"\|", " OR ", re.sub(r"!", " NOT ", re.sub(r":\*", "*", text(data, "q")))))
    try:
        node = parse(query)
        return text(data, "full_text"), {}, [_condition(node, True)] if node else []
    except QueryError:
        raise ValidationError({"q": ["Words, &, |, !, parentheses and :* can be asked for"]}) from None


def _condition(node: Node, wanted: bool) -> Condition:
    """What must hold of a row; `wanted` false: must not. A prefix is looked for inside words too, as everything here."""
    if isinstance(node, Not):
        return _condition(node.node, not wanted)
    if isinstance(node, And | Or):
        parts = [_condition(part, wanted) for part in node.nodes]
        return AnyOf([parts] if isinstance(node, And) == wanted else [[part] for part in parts])
    if not isinstance(node, Value) or node.field is not None:
        raise QueryError("a word was expected")
    return Filter("", "anywhere" if wanted else "nowhere", node.text)


def _wanted(conditions: Sequence[Condition]) -> list[str]:
    """The words that rows hold, of all these conditions."""
    found: list[str] = []
    for one in conditions:
        if isinstance(one, AnyOf):
            found += [word for group in one.groups for word in _wanted(group)]
        elif one.operator == "anywhere":
            found.append(str(one.value))
    return found


def _filters(given: Any, depth: int = 0) -> list[Condition]:
    """CKAN's filters as conditions that must all hold; a list, and `$or`, is a choice."""
    if given is None:
        return []
    if depth > MOST_DEPTH:
        raise ValidationError({"filters": ["Too deep"]})
    if isinstance(given, list):
        return [AnyOf([_filters(part, depth + 1) for part in _objects(given)])]
    if not isinstance(given, dict):
        raise ValidationError({"filters": ["Not a json object"]})
    found: list[Condition] = []
    for name, value in given.items():
        if name == "$and":
            found += [one for part in _objects(value) for one in _filters(part, depth + 1)]
        elif name == "$or":
            found.append(AnyOf([_filters(part, depth + 1) for part in _objects(value)]))
        elif name.startswith("$") and not name.startswith("$$"):
            raise ValidationError({"filters": [f"Unknown filter operation: {name[:20]}"]})
        else:
            found += _field_filters(name.removeprefix("$") if name.startswith("$$") else name, value)
    if _count(found) > MOST_OPERATIONS:
        raise ValidationError({"filters": ["Too many operations"]})
    return found


def _objects(value: Any) -> list[Any]:
    if not isinstance(value, list) or not value or not all(isinstance(part, dict) for part in value):
        raise ValidationError({"filters": ["A list of json objects is needed"]})
    return value


def _count(conditions: Sequence[Condition]) -> int:
    return sum(sum(map(_count, one.groups)) if isinstance(one, AnyOf) else 1 for one in conditions)


def _field_filters(name: str, value: Any) -> list[Filter]:
    if isinstance(value, dict):
        unknown = [operator for operator in value if operator not in OPERATORS]
        if unknown:
            raise ValidationError({"filters": [f"Unknown filter operation: {str(unknown[0])[:20]}"]})
        return [one for operator, part in value.items() for one in _field_filter(name, OPERATORS[operator], part)]
    return _field_filter(name, "in" if isinstance(value, list) else "eq", value)


def _field_filter(name: str, operator: str, value: Any) -> list[Filter]:
    if operator == "in":
        if not isinstance(value, list) or not value or any(isinstance(item, list | dict) for item in value):
            raise ValidationError({"filters": ["A list of values is needed"]})
    elif isinstance(value, list | dict):
        raise ValidationError({"filters": ["One value is needed"]})
    if value is None:
        return [Filter(name, "is_empty", True)]
    return [Filter(name, operator, value)]


def _sort(given: str) -> list[tuple[str, bool]]:
    found, position = [], 0
    while position < len(given.rstrip()):
        match = _SORT.match(given, position)
        if match is None:
            raise ValidationError({"sort": [f'invalid value "{given[:60]}"']})
        name = match[1].replace('""', '"') if match[1] else match[2]
        found.append((name, (match[3] or "").lower() == "desc"))
        position = match.end()
    return found
