"""What SQL may say: one SELECT made of the words listed here. Anything else is refused, also what nobody has thought of yet."""

import re
from dataclasses import dataclass
from typing import Any

import sqlglot
from sqlglot import exp

LONGEST = 10_000
MOST_WORDS = 3_000
DEEPEST = 40
MOST_TABLES = 10
_STRUCTURE = """
    Select From Where Group Having Order Ordered Limit Offset Distinct Tuple Join Subquery With CTE Union Except Intersect Alias TableAlias
    Table Column Identifier Star Literal Boolean Null Paren Not And Or EQ NEQ GT GTE LT LTE Is In Between Like ILike RegexpLike NullSafeEQ
    NullSafeNEQ Exists Add Sub Mul Div Mod Neg DPipe Case If Cast DataType DataTypeParam Interval Var Window WindowSpec Filter WithinGroup
"""
_FUNCTIONS = """
    Count CountIf Sum Avg Min Max Median Mode Stddev StddevPop StddevSamp Variance VariancePop Corr PercentileCont PercentileDisc
    GroupConcat Round Floor Ceil Abs Sign Sqrt Ln Exp Pow Greatest Least Coalesce Nullif Length Lower Upper Trim Substring Left Right
    StrPosition SplitPart Replace Concat ConcatWs StartsWith RegexpReplace Extract TimestampTrunc DateTrunc TimeToStr ToChar CurrentDate
    CurrentTimestamp RowNumber Rank DenseRank PercentRank CumeDist Ntile Lag Lead FirstValue LastValue
"""
_DATA_TYPES = "BIGINT INT SMALLINT DOUBLE FLOAT DECIMAL BOOLEAN TEXT VARCHAR DATE TIME TIMESTAMP INTERVAL"
ALLOWED = frozenset(f"{_STRUCTURE} {_FUNCTIONS}".split())
_TYPES = frozenset(_DATA_TYPES.split())


class SqlError(ValueError):
    """A question that is refused or fails: ``code`` with its context, never prose; ``line`` and ``column`` from 1 where known.

    Codes: syntax, too-long, too-deep, several, not-a-select, not-allowed (name), not-a-table (name), unknown-table (name), several-tables
    (name, names), unknown-column (name), failed (message), timeout (seconds), too-much-memory, busy.
    """

    def __init__(self, code: str, line: int | None = None, column: int | None = None, **context: Any) -> None:
        super().__init__(code, context)
        self.code, self.line, self.column, self.context = code, line, column, context


@dataclass(frozen=True, slots=True)
class Statement:
    """A question that may be asked: ``sql`` for DuckDB, ``tables``: the reader's names by the names they have in ``sql``."""

    sql: str
    tables: dict[str, str]
    places: dict[str, tuple[int, int]]

    def at(self, name: str) -> tuple[int | None, int | None]:
        """(line, column) where a name stands first in the text; (None, None) where it does not."""
        return self.places.get(name.lower(), (None, None))


def read_statement(text: str) -> Statement:
    """The question in PostgreSQL's words, checked. Raises :class:`SqlError`."""
    if len(text) > LONGEST:
        raise SqlError("too-long", limit=LONGEST)
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth > DEEPEST:
            raise SqlError("too-deep", limit=DEEPEST)
    try:
        found = [tree for tree in sqlglot.parse(text, read="postgres") if tree is not None]
    except sqlglot.errors.ParseError as error:
        first = error.errors[0] if error.errors else {}
        raise SqlError("syntax", first.get("line"), first.get("col"), near=str(first.get("highlight") or "")) from None
    except (sqlglot.errors.SqlglotError, RecursionError):
        raise SqlError("syntax") from None
    if len(found) != 1:
        raise SqlError("several" if found else "not-a-select")
    tree = found[0]
    if not isinstance(tree, exp.Select | exp.SetOperation):
        raise SqlError("not-a-select")
    places = _places(tree)
    for number, node in enumerate(tree.walk()):
        if number > MOST_WORDS:
            raise SqlError("too-long", limit=LONGEST)
        _allow(node, places)
    tables = _rename(tree, places)
    _name_results(tree)
    return Statement(tree.sql(dialect="duckdb", identify=True, comments=False), tables, places)


def _places(tree: exp.Expression) -> dict[str, tuple[int, int]]:
    """Where each name stands first."""
    places: dict[str, tuple[int, int]] = {}
    for node in tree.walk():
        meta = node.meta
        if "line" in meta and isinstance(node, exp.Identifier | exp.Anonymous):
            place = (meta["line"], max(meta["col"] - (meta["end"] - meta["start"]), 1))
            places[node.name.lower()] = min(places.get(node.name.lower(), place), place)
    return places


def _allow(node: exp.Expr, places: dict[str, tuple[int, int]]) -> None:
    kind = type(node).__name__
    name = node.name if isinstance(node, exp.Anonymous | exp.Parameter) else re.sub("(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    refused = (
        kind not in ALLOWED
        or (isinstance(node, exp.With) and node.recursive)
        or (isinstance(node, exp.DataType) and (node.this.value not in _TYPES or node.args.get("nested")))
        or (isinstance(node, exp.Select) and (node.args.get("into") or node.args.get("locks") or node.args.get("sample")))
    )
    if refused:
        name = "recursive" if isinstance(node, exp.With) else name
        raise SqlError("not-allowed", *places.get(name.lower(), (None, None)), name=name)
    if isinstance(node, exp.Table) and (not isinstance(node.this, exp.Identifier) or node.args.get("db") or node.args.get("catalog")):
        raise SqlError("not-a-table", *places.get(node.name.lower(), (None, None)), name=node.sql(dialect="postgres")[:100])


def _rename(tree: exp.Expression, places: dict[str, tuple[int, int]]) -> dict[str, str]:
    """Gives every table and common table expression a name of ours, so that no name of the reader's can mean anything to DuckDB."""
    expressions: dict[str, str] = {}
    for cte in tree.find_all(exp.CTE):
        name = cte.alias.lower()
        if name in expressions:
            raise SqlError("not-allowed", *places.get(name, (None, None)), name=cte.alias)
        expressions[name] = f"c{len(expressions)}"
    tables: dict[str, str] = {}
    for table in tree.find_all(exp.Table):
        name = table.name
        ours = expressions.get(name.lower()) or next((key for key, theirs in tables.items() if theirs == name), f"t{len(tables)}")
        if name.lower() not in expressions:
            tables[ours] = name
        if not table.alias:
            table.set("alias", exp.TableAlias(this=exp.to_identifier(name, quoted=True)))
        table.set("this", exp.to_identifier(ours, quoted=True))
    for cte in tree.find_all(exp.CTE):
        cte.args["alias"].set("this", exp.to_identifier(expressions[cte.alias.lower()], quoted=True))
    if len(tables) > MOST_TABLES:
        raise SqlError("too-long", limit=MOST_TABLES)
    return tables


def _name_results(tree: exp.Expression) -> None:
    """A result without a name is called by its function, as PostgreSQL does: `count`, where DuckDB writes `count_star()`."""
    for select in tree.find_all(exp.Select):
        taken = {word.name.lower() for word in select.find_all(exp.Identifier)}
        for result in select.expressions:
            function = re.match(r"(?!CAST)(\w+)\(", result.sql(dialect="postgres"))
            if isinstance(result, exp.Func | exp.Window | exp.Filter) and function and (name := function[1].lower()) not in taken:
                taken.add(name)
                result.replace(exp.alias_(result.copy(), name, quoted=True))
