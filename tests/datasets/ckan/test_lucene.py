"""The query language is pure: its rules hold for any text, and it never fails in another way than QueryError."""

import contextlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from datasets.ckan.lucene import And, Not, Or, QueryError, Range, Value, parse

WORDS = st.text(st.characters(whitelist_categories=("Ll", "Lo", "Mn", "Mc", "Nd")), min_size=1, max_size=12)
KEYS = st.from_regex(r"[a-z][a-z_]{0,10}", fullmatch=True)


@example("ដី~.")
@example('"ដី ធ្លី"~1.1.1')
@given(st.text(max_size=200))
def test_any_text_is_a_tree_or_a_query_error(text: str) -> None:
    with contextlib.suppress(QueryError):
        parse(text)


@given(KEYS, st.text(st.characters(blacklist_categories=("Cs",)), max_size=40))
def test_a_quoted_value_comes_back_as_it_was_written(field: str, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if "{!" in text:
        return
    assert parse(f'{field}:"{escaped}"') == Value(field, text, quoted=True)


@given(st.lists(st.tuples(KEYS, WORDS), min_size=2, max_size=5))
def test_clauses_side_by_side_are_all_asked_for(pairs: list[tuple[str, str]]) -> None:
    expected = And(tuple(Value(field, word) for field, word in pairs))
    assert parse(" ".join(f"{field}:{word}" for field, word in pairs)) == expected
    assert parse(" AND ".join(f"+{field}:{word}" for field, word in pairs)) == expected


@pytest.mark.parametrize("text", ["", "  ", "*:*", "*", '""', "''"])
def test_everything(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("title:bus*", Value("title", "bus", prefix=True)),
        ("notes:*", Value("notes", "*")),
        ("-tags:ដីធ្លី", Not(Value("tags", "ដីធ្លី"))),
        ("NOT tags:a", Not(Value("tags", "a"))),
        ("res_format:(CSV OR XLSX)", Or((Value("res_format", "CSV"), Value("res_format", "XLSX")))),
        ("a:1 OR b:2 c:3", And((Or((Value("a", "1"), Value("b", "2"))), Value("c", "3")))),
        ('a:1 && !b:2 || c:"|| !"', Or((And((Value("a", "1"), Not(Value("b", "2")))), Value("c", "|| !", quoted=True)))),
        ("url:http\\:\\/\\/example.org", Value("url", "http://example.org")),
        ("organization:a:b", Value("organization", "a:b")),
        ("metadata_modified:[2026-01-01T00:00:00Z TO *]", Range("metadata_modified", "2026-01-01T00:00:00Z", "*", True, True)),
        ("d:{NOW-7DAYS TO NOW]", Range("d", "NOW-7DAYS", "NOW", False, True)),
        ("title:bus^4", Value("title", "bus")),
    ],
)
def test_the_grammar(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    "text",
    [
        "title:[[",
        "(a",
        "a)",
        "x AND",
        "{!lucene}a",
        '"a',
        "/a.*/",
        "[a TO b]",
        "d:[1 TO",
        "-" * 2000 + "title:bus",
        "(" * 50 + "a" + ")" * 50,
        "a " * 3000,
        "d:[" + "-" * 2000,
    ],
)
def test_what_cannot_be_read_is_said(text: str) -> None:
    with pytest.raises(QueryError):
        parse(text)
