"""What strangers may ask in SQL, and everything they must not reach with it."""

from pathlib import Path

import pytest

from datasets.tabular import detect, write_parquet
from datasets.tabular.sql import Answer, SqlError, child, read_statement, run
from datasets.tabular.sql.workers import _Worker


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("tables")
    for name, text in {
        "villages": "ឈ្មោះ,district,n\n" + "".join(f"ភូមិ{n},{'ព្រៃនប់' if n % 3 else 'កោះរ៉ុង'},{n}\n" for n in range(1, 2001)),
        "secret": "word\nលេខសម្ងាត់\n",
    }.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        write_parquet(path, detect(path, filename=path.name).descriptor, folder / f"{name}.parquet")
    return {"villages": folder / "villages.parquet"}


def ask(tables: dict[str, Path], sql: str, **limits) -> Answer:
    statement = read_statement(sql)
    return run(statement, dict.fromkeys(statement.tables.values(), tables["villages"]), **limits)


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ('SELECT district, count(*) AS n FROM villages GROUP BY 1 ORDER BY n DESC', [["ព្រៃនប់", 1334], ["កោះរ៉ុង", 666]]),
        ('SELECT "ឈ្មោះ" FROM villages WHERE n = 7', [["ភូមិ7"]]),
        ("WITH big AS (SELECT * FROM villages WHERE n > 1998) SELECT big.n, v.district FROM big JOIN villages v ON v.n = big.n ORDER BY 1",
         [[1999, "ព្រៃនប់"], [2000, "ព្រៃនប់"]]),
        ("SELECT max(n), round(avg(n), 1), median(n), sum(n) FILTER (WHERE n < 3) FROM villages -- ហេតុផល", [[2000, 1000.5, 1000.5, 3]]),
        ("SELECT n FROM (SELECT n, row_number() OVER (PARTITION BY district ORDER BY n DESC) AS r FROM villages) t WHERE r = 1 ORDER BY 1",
         [[1998], [2000]]),
        ("SELECT villages.n FROM villages WHERE district ILIKE '%កោះ%' AND n BETWEEN 1 AND 5", [[3]]),
        ("SELECT 1 AS a, 2 AS a FROM villages LIMIT 1", [[1, 2]]),
        ("SELECT n FROM villages WHERE n < 2 UNION SELECT n FROM villages WHERE n = 3 ORDER BY 1", [[1], [3]]),
    ],
)  # fmt: skip
def test_questions_are_answered(tables: dict[str, Path], sql: str, rows: list) -> None:
    assert [list(row) for row in ask(tables, sql).rows] == rows


def test_an_answer_has_types_an_end_and_no_hidden_column(tables: dict[str, Path]) -> None:
    answer = ask(tables, "SELECT * FROM villages", rows=5)
    assert answer.columns == [("_id", "integer"), ("ឈ្មោះ", "text"), ("district", "text"), ("n", "integer")]
    assert (len(answer.rows), answer.truncated) == (5, True)
    assert len(ask(tables, "SELECT * FROM villages", size=1000).rows) < 100


ATTEMPTS = {
    "not-a-table": [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_parquet('secret.parquet')",
        "SELECT * FROM read_text('/proc/self/environ')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM duckdb_settings()",
        "SELECT * FROM pragma_version()",
        "SELECT * FROM generate_series(1, 1e15)",
        "SELECT * FROM range(1000000000000)",
        "SELECT * FROM information_schema.tables",
        "SELECT * FROM pg_catalog.pg_settings",
        "SELECT * FROM main.villages",
        "SELECT * FROM sniff_csv('/etc/passwd')",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('villages')",
    ],
    "not-a-select": [
        "COPY villages TO '/tmp/x.csv'",
        "COPY (SELECT 1) TO 'x'",
        "ATTACH '/tmp/x.db' AS x",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA database_list",
        "SET memory_limit = '99GB'",
        "CREATE TABLE x AS SELECT 1",
        "INSERT INTO villages VALUES (1)",
        "DELETE FROM villages",
        "DROP VIEW villages",
        "EXPLAIN SELECT 1",
        "DESCRIBE villages",
        "CALL pragma_version()",
        "VALUES (1)",
        "EXPORT DATABASE '/tmp/x'",
        "",
        "-- nothing",
    ],
    "several": ["SELECT 1; SELECT 2", "SELECT n FROM villages; COPY villages TO 'x'", "SELECT 1;;DROP TABLE villages"],
    "not-allowed": [
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r) SELECT * FROM r",
        "SELECT getenv('HOME') FROM villages",
        "SELECT current_setting('memory_limit') FROM villages",
        "SELECT current_user FROM villages",
        "SELECT version() FROM villages",
        "SELECT pg_sleep(10) FROM villages",
        "SELECT repeat('ក', 1000000000) FROM villages",
        "SELECT lpad('x', 1000000000) FROM villages",
        "SELECT generate_series(1, 1000000) FROM villages",
        "SELECT unnest(ARRAY[1, 2]) FROM villages",
        "SELECT array_agg(n) FROM villages",
        "SELECT n INTO x FROM villages",
        "SELECT n FROM villages FOR UPDATE",
        "SELECT * FROM villages TABLESAMPLE SYSTEM (10)",
        "SELECT $1 FROM villages",
        "SELECT U&'\\0041' FROM villages",
        "SELECT E'\\x41' FROM villages",
        "SELECT $$a$$ FROM villages",
        "SELECT x'41' FROM villages",
        "SELECT read_text('/etc/passwd') FROM villages",
        "SELECT '/etc/passwd'::regclass FROM villages",
        "SELECT * FROM villages, LATERAL (SELECT 1) x",
        "SELECT * FROM villages WHERE n = ANY(ARRAY[1])",
        "SELECT columns('.*') FROM villages",
        "SELECT random() FROM villages",
        "SELECT n FROM villages WHERE n IN (SELECT nextval('x') FROM villages)",
        "WITH a AS (SELECT n FROM villages), A AS (SELECT n FROM villages) SELECT * FROM a",
    ],
    "too-deep": ["SELECT " + "(" * 60 + "1" + ")" * 60, "(" * 9000],
    "too-long": ["SELECT '" + "ក" * 20_000 + "'", "SELECT " + "+".join(["1"] * 4000)],
    "syntax": ["SELECT n FROM", "SELEC n FROM villages", "SELECT 'open FROM villages", "SELECT (n FROM villages", "\x00", "SELECT /* open"],
}  # fmt: skip


@pytest.mark.parametrize(("code", "sql"), [(code, sql) for code, list_ in ATTEMPTS.items() for sql in list_])
def test_what_is_not_on_the_list_is_refused_before_it_runs(code: str, sql: str) -> None:
    with pytest.raises(SqlError) as caught:
        read_statement(sql)
    assert caught.value.code == code or {caught.value.code, code} <= {"syntax", "not-allowed", "not-a-select", "not-a-table"}


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("SELECT count(*) FROM villages a, villages b, villages c, villages d WHERE a.n + b.n + c.n + d.n = 7", "timeout"),
        ("SELECT string_agg(a.district, '') FROM villages a, villages b, villages c", "too-much-memory"),
        ("SELECT a.n FROM villages a, villages b, villages c ORDER BY a.n * b.n * c.n DESC, a.district LIMIT 100000000", "too-much-memory"),
    ],
)
def test_what_takes_too_much_is_killed_and_the_next_question_is_answered(tables: dict[str, Path], sql: str, code: str) -> None:
    with pytest.raises(SqlError) as caught:
        ask(tables, sql, seconds=3)
    assert caught.value.code in (code, "timeout")
    assert ask(tables, "SELECT n FROM villages WHERE n = 1").rows == [[1]]


def test_an_error_says_where(tables: dict[str, Path]) -> None:
    with pytest.raises(SqlError) as caught:
        ask(tables, "SELECT n\nFROM villages\nWHERE populaton > 3")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("unknown-column", 3, 7)
    with pytest.raises(SqlError) as caught:
        read_statement("SELECT n,\n  getenv('HOME') FROM villages")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("not-allowed", 2, 3)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_parquet('{folder}/secret.parquet')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_csv('{folder}/villages.csv')",
        "COPY (SELECT 1) TO '{folder}/written.csv'",
        "COPY (SELECT 1) TO '{folder}/villages.parquet'",
        "ATTACH '{folder}/x.db'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
    ],
)
def test_behind_the_list_the_process_itself_can_reach_nothing(tables: dict[str, Path], sql: str) -> None:
    """As if the list had let it through."""
    path = tables["villages"]
    worker = _Worker(path.parent)
    before = path.read_bytes()
    try:
        question = {"sql": sql.format(folder=path.parent), "tables": {"t0": str(path)}, "rows": 10, "bytes": 10_000}
        assert "error" in worker.ask(question, 20)
    except SqlError:
        pass
    finally:
        worker.stop()
    assert path.read_bytes() == before
    assert not (path.parent / "written.csv").exists()


def test_the_child_starts_without_anything_of_ours() -> None:
    assert "import datasets" not in Path(child.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT count(*), sum(n), max(n) AS most, n + 1 AS next FROM villages GROUP BY n", ["count", "sum", "most", "next"]),
        ("SELECT count FROM (SELECT count(*) FROM villages) AS counted", ["count"]),
        ("SELECT row_number() OVER (ORDER BY n), count(*) FILTER (WHERE n > 3) FROM villages GROUP BY n", ["row_number", "count"]),
    ],
)
def test_results_without_a_name_are_called_as_postgresql_calls_them(tables: dict[str, Path], sql: str, names: list[str]) -> None:
    assert [name for name, _type in ask(tables, sql).columns] == names


def test_no_name_is_given_twice(tables: dict[str, Path]) -> None:
    names = [name for name, _type in ask(tables, "SELECT n AS count, count(*), max(n), max(district) FROM villages GROUP BY n").columns]
    assert len(set(names)) == 4
    assert names[::2] == ["count", "max"]
