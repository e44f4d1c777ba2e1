"""The judged set of `benchmarks/relevance` keeps its bars on both engines: what is published, and what nobody may lose unnoticed."""

import csv
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from search import evaluation, synonyms
from search.engines import get_engine
from search.preparing import prepare_all
from search.query import Query
from search.selectors import search
from search.thesaurus import Thesaurus

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks/relevance"
CORPUS, JUDGED = FOLDER / "corpus.tsv", FOLDER / "judgements.tsv"
with JUDGED.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(autouse=True)
def words_of_a_new_site(fresh_synonyms: None) -> None:
    synonyms.use(Thesaurus(synonyms.starting_entries()), seconds=1e6)


@pytest.fixture
def ask(engine_name: str) -> Callable[[str, str], list[str]]:
    """The first ten for a question in a language."""
    engine = get_engine()
    with engine.build() as build:
        build.add(prepare_all(evaluation.documents(evaluation.Table(CORPUS, evaluation.CORPUS)), engine.pack, {}, processes=1))

    def answers(text: str, language: str) -> list[str]:
        return [hit.key for hit in search(Query(text=text, language=evaluation.language_of(language), limit=10), engine=engine).hits]

    return answers


@pytest.mark.django_db
def test_each_language_keeps_its_figure(engine_name: str) -> None:
    out = StringIO()
    call_command("evaluate_search", "--corpus", str(CORPUS), "--judgements", str(JUDGED), "--engine", engine_name, stdout=out)
    figures = {line.split()[0]: line.split()[1:] for line in out.getvalue().splitlines()[2:]}
    assert set(figures) == {"en", "km", "zh-hans"}
    for language, (ndcg, _mrr, _recall, nothing, questions) in figures.items():
        assert float(ndcg) >= 0.95, (language, ndcg)
        assert (nothing, questions) == ("0.0%", "50")


def test_another_spelling_gives_the_same_list_and_a_typo_the_answer(ask: Callable[[str, str], list[str]]) -> None:
    variants = {(row["language"], row["query"], row["of"]) for row in ROWS if row["kind"] == "variant"}
    assert len(variants) == 12
    for language, typed, usual in variants:
        assert ask(typed, language) == ask(usual, language), typed
    answers: dict[tuple[str, str], set[str]] = {}
    for row in ROWS:
        if row["kind"] == "typo" and float(row["grade"]) > 0:
            answers.setdefault((row["language"], row["query"]), set()).add(row["id"])
    found = [bool(good.intersection(ask(query, language))) for (language, query), good in answers.items()]
    assert len(found) == 12
    assert sum(found) / len(found) >= 0.8
