"""Measure how well search ranks."""

import argparse
import math
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from search import synonyms
from search.documents import LANGUAGES, Document
from search.engines import Engine, engine_for
from search.evaluation import CORPUS, JUDGEMENTS, BadTable, Table, documents, evaluate, judgements
from search.models import Synonym
from search.preparing import prepare_all
from search.query import Query, SearchUnavailable
from search.registry import sources
from search.selectors import search
from search.thesaurus import Thesaurus


class Command(BaseCommand):
    """`manage.py evaluate_search --corpus FILE --judgements FILE`."""

    help = "Rank a corpus (TSV: id, language, title, text) and compare with judgements (TSV: query, language, id, grade)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Files and engine."""
        parser.add_argument("--corpus", type=Path, required=True)
        parser.add_argument("--judgements", type=Path)
        parser.add_argument("--engine", choices=["tantivy", "elasticsearch"], help="one only; else every engine that is set up")
        parser.add_argument("--split", default="", help="only the judgements whose column split says this")
        parser.add_argument("--misses", action="store_true", help="also list the questions whose order is not the ideal one")
        parser.add_argument("--export", action="store_true", help="write the public pages, places and datasets to --corpus instead")

    def handle(self, *args: Any, **options: Any) -> None:
        """A table for each engine; the language first, then nDCG@10."""
        try:
            if options["export"]:
                self._export(options["corpus"])
                return
            if not options["judgements"]:
                raise CommandError("Name a file of judgements: --judgements FILE (TSV: query, language, id, grade).")
            tables = Table(options["corpus"], CORPUS), Table(options["judgements"], JUDGEMENTS)
            corpus, judged = documents(tables[0]), judgements(tables[1], split=options["split"])
        except BadTable as error:
            raise CommandError(str(error)) from error
        self._warn(corpus, judged, [line for table in tables for line in table.skipped])
        if not corpus or not judged:
            raise CommandError("Nothing to measure: the corpus or the judgements are empty.")
        self._without_database()
        for name in [options["engine"]] if options["engine"] else ["tantivy", *(["elasticsearch"] if settings.ELASTICSEARCH_URL else [])]:
            try:
                with _index(name) as engine:
                    with engine.build() as build:
                        build.add(prepare_all(corpus, engine.pack, failed := {}))
                    if failed:
                        raise CommandError(f"Documents that cannot be analysed: {failed}")

                    def ask(text: str, language: str, engine: Engine = engine) -> list[str]:
                        return [hit.key for hit in search(Query(text=text, language=language, limit=10), engine=engine).hits]

                    scores = evaluate(judged, ask)
                    self.stdout.write(f"{name}: {len(corpus):,} documents, {len(judged):,} questions")
                    self.stdout.write("language  nDCG@10    MRR  recall@10  nothing found  questions")
                    for language, score in scores.items():
                        figures = f"{score.ndcg:7.4f}  {score.mrr:5.3f}  {score.recall:9.3f}  {score.nothing:13.1%}  {score.questions:9}"
                        self.stdout.write(f"{language} {' ' * (8 - len(language))}{figures}")
                    if options["misses"]:
                        self._misses(judged, ask)
            except SearchUnavailable as error:
                raise CommandError(str(error)) from error

    def _warn(self, corpus: list[Document], judged: dict[tuple[str, str], dict[str, float]], skipped: list[str]) -> None:
        """What was left out, and what nobody can find."""
        there = {document.key for document in corpus}
        absent = sorted({key for grades in judged.values() for key in grades} - there)
        for found, about in ((skipped, "lines left out"), (absent, "judged ids are not in the corpus and count as not found")):
            if found:
                self.stderr.write(f"{len(found)} {about}: {'; '.join(found[:3])}{' …' if len(found) > 3 else ''}")

    @staticmethod
    def _without_database() -> None:
        """Questions are widened by the site's synonyms; before `migrate` by those of a new site."""
        if Synonym._meta.db_table not in connection.introspection.table_names():
            synonyms.use(Thesaurus(synonyms.starting_entries()), seconds=math.inf)

    def _misses(self, judged: dict[tuple[str, str], dict[str, float]], ask: Any) -> None:
        for (language, text), grades in judged.items():
            if (score := evaluate({(language, text): grades}, ask)[language]).ndcg < 0.999:
                self.stdout.write(f"  {language} {score.ndcg:.2f} {text}: {grades} but {ask(text, language)[:5]}")

    def _export(self, path: Path) -> None:
        """Documents of all languages under one id, their address; data files are left out, for their dataset stands for them."""
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write("\t".join(CORPUS) + "\n")
            for name, source in sources().items():
                for document in source.documents(list(source.pks())) if name != "resource" else ():
                    key = next(iter(document.url.values())).strip("/").partition("/")[2]
                    for language in document.languages or LANGUAGES[:1]:
                        text = " ".join((document.summary.get(language, ""), *document.keywords, document.body.get(language, "")))
                        file.write("\t".join([key, language, document.title[language], " ".join(text.split())]) + "\n")


@contextmanager
def _index(name: str) -> Iterator[Engine]:
    """An engine with an index that nobody else uses and that is gone afterwards."""
    folder = tempfile.mkdtemp(prefix="evaluate-")
    if name == "elasticsearch" and not settings.ELASTICSEARCH_URL:
        raise CommandError("ELASTICSEARCH_URL says nothing: where is Elasticsearch?")
    url = settings.ELASTICSEARCH_URL if name == "elasticsearch" else ""
    engine = engine_for(url, f"{settings.ELASTICSEARCH_INDEX}-evaluate-{secrets.token_hex(4)}", folder)
    try:
        yield engine
    finally:
        engine.drop()
        shutil.rmtree(folder, ignore_errors=True)
