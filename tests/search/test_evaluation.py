"""`manage.py evaluate_search`, with files as strangers have them."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from search import synonyms
from search.query import Query
from search.selectors import search

from .city import Things

CORPUS = """id\tlanguage\ttitle\ttext
land\ten\tLand title\tHow to register land
land\tkm\tប្លង់ដី\tការចុះបញ្ជីដីធ្លី
water\ten\tClean water\tWhere to drink
vaccine\tzh-CN\t疫苗\t为儿童接种疫苗
"""
JUDGED = """query\tlanguage\tid\tgrade
registration\ten\tland\t3
water\ten\twater\t2
water\ten\tland\t0
ចុះបញ្ជីដី\tkm\tland\t1
接种\tzh\tvaccine\t1
xylophone\ten\tland\t1
"""


@pytest.fixture
def evaluate(tmp_path: Path, engine_name: str) -> Any:
    """Write two files and run the command: (its lines by first word, its warnings)."""

    def run(corpus: str | bytes = CORPUS, judged: str | bytes = JUDGED) -> tuple[dict[str, list[str]], str]:
        paths = tmp_path / "corpus.tsv", tmp_path / "judged.tsv"
        for path, content in zip(paths, (corpus, judged), strict=True):
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        out, warnings = StringIO(), StringIO()
        arguments = ["--corpus", str(paths[0]), "--judgements", str(paths[1]), "--engine", engine_name]
        call_command("evaluate_search", *arguments, stdout=out, stderr=warnings)
        return {line.split()[0]: line.split()[1:] for line in out.getvalue().splitlines()}, warnings.getvalue()

    return run


@pytest.mark.django_db
def test_a_line_for_each_language_begins_with_its_code_and_ndcg(evaluate: Any, engine_name: str) -> None:
    lines, warnings = evaluate()
    assert list(lines) == [f"{engine_name}:", "language", "en", "km", "zh"]
    assert lines["km"] == ["1.0000", "1.000", "1.000", "0.0%", "1"]
    assert lines["zh"] == ["1.0000", "1.000", "1.000", "0.0%", "1"]
    assert lines["en"] == ["0.6667", "0.667", "0.667", "33.3%", "3"], "one of three finds nothing"
    assert not warnings


@pytest.mark.django_db
def test_files_from_other_systems(evaluate: Any) -> None:
    def windows(text: str) -> bytes:
        return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()

    assert evaluate(windows(CORPUS), windows(JUDGED)) == evaluate()
    bare = CORPUS.split("\n", 1)[1], JUDGED.split("\n", 1)[1]
    assert evaluate(*bare) == evaluate(), "without header"


@pytest.mark.django_db
def test_odd_rows_are_left_out_and_told(evaluate: Any) -> None:
    odd_corpus = '\n\ttitle without id\nonly-id\nbare\ten\t\t\nquoted\ten\ta "b\tc" d\nfrench\tfr\tEau\tpotable\n'
    rows = ["water\ten\twater", "water\ten\twater\tgood", "water\ten\twater\t1e9", "\ten\twater\t1", "water\ten\tgone\t1"]
    odd_judged = "\n".join(["", *rows, "eau\tfr\tfrench\t1", '"\ten\tquoted\t-1', ""])
    lines, warnings = evaluate(CORPUS + odd_corpus, JUDGED + odd_judged)
    assert lines["fr"][0] == "1.0000"
    assert float(lines["en"][0]) < 0.6667, "what is judged and not there cannot be found"
    assert "5 lines left out" in warnings
    assert "1 judged ids are not in the corpus and count as not found: gone" in warnings


@pytest.mark.django_db
@pytest.mark.parametrize(("corpus", "judged"), [(b"\xff\xfe\x00", JUDGED), (CORPUS, ""), ("", JUDGED), (CORPUS, "water\ten\twater\tx\n")])
def test_nothing_to_measure_is_said(evaluate: Any, corpus: str | bytes, judged: str) -> None:
    with pytest.raises(CommandError, match=r"UTF-8|Nothing to measure"):
        evaluate(corpus, judged)


def test_the_sites_own_index_is_as_before(city: Things, evaluate: Any) -> None:
    before = search(Query(text="land")).hits
    evaluate()
    assert search(Query(text="land")).hits == before
    assert search(Query(text="drink")).total == 0


def test_before_the_first_migration_it_asks_with_a_new_sites_synonyms(evaluate: Any, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", list)
    monkeypatch.setattr(synonyms, "entries", lambda **_: pytest.fail("the database was asked"))
    lines, _ = evaluate(judged="title deed\ten\tland\t1\n")
    assert lines["en"][0] == "1.0000"
