"""How well search ranks, against what people judged: nDCG@10, MRR, recall@10 and the share of questions that find nothing.

A corpus is TSV (id, language, title, text), a judgement TSV (query, language, id, grade); a header row may name the columns, in any
order and with others beside them. Rows of one id are one document in several languages; those that cannot be used are left out.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from statistics import mean

from .documents import LANGUAGES, Document

CORPUS = ("id", "language", "title", "text")
JUDGEMENTS = ("query", "language", "id", "grade")
DEPTH = 10
HIGHEST = 100  # of a grade: gains are powers of two
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


class BadTable(ValueError):
    """A file that is no corpus or no judgements; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over `questions`, each between 0 and 1."""

    questions: int
    ndcg: float
    mrr: float
    recall: float
    nothing: float


@dataclass(slots=True)
class Table:
    """The rows of a tab-separated file that can be used; `skipped` says which cannot, and why."""

    path: Path
    columns: Sequence[str]
    skipped: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Number and cells of each line by column name; a cell that is missing is "". Any line ends, with or without a byte order mark."""
        names = self.columns
        try:
            with self.path.open(encoding="utf-8-sig") as file:
                for number, line in enumerate(file, 1):
                    cells = [cell.strip() for cell in line.rstrip("\n").split("\t")]
                    if number == 1 and set(self.columns) <= {cell.lower() for cell in cells}:
                        names = [cell.lower() for cell in cells]
                    elif any(cells):
                        yield number, dict(zip_longest(names, cells[: len(names)], fillvalue=""))
        except (OSError, UnicodeDecodeError) as error:
            raise BadTable(f"{self.path} cannot be read as UTF-8 text: {error}") from error

    def skip(self, number: int, why: str) -> None:
        """Leave a line out."""
        self.skipped.append(f"{self.path}, line {number}: {why}")


def language_of(code: str) -> str:
    """The language as documents have it, of codes like "zh", "zh-CN", "en_US" or "khm"; of Chinese the simplified one."""
    main = code.strip().lower().replace("_", "-").partition("-")[0]
    return {"zh": "zh-hans", "zho": "zh-hans", "chi": "zh-hans", "cmn": "zh-hans", "khm": "km", "eng": "en"}.get(main, main)


def documents(corpus: Table) -> list[Document]:
    """The documents of a corpus. Raises BadTable."""
    texts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: {"title": {}, "body": {}})
    for number, row in corpus.rows():
        if not row["id"]:
            corpus.skip(number, "no id")
            continue
        language = language_of(row["language"])
        texts[row["id"]]["title"][language] = row["title"]
        texts[row["id"]]["body"][language] = row["text"]
    return [
        Document(
            key=key,
            kind="page",
            language=next((language for language in text["title"] if len(text["title"]) == 1 or language not in LANGUAGES), None),
            title=text["title"],
            summary={},
            body=text["body"],
            keywords=(),
            url={},
            facets={},
            modified=_NO_DATE,
        )
        for key, text in texts.items()
    ]


def judgements(table: Table, *, split: str = "") -> dict[tuple[str, str], dict[str, float]]:
    """(language, query) -> id -> grade; `split`: only rows that say so in their column "split". Raises BadTable."""
    judged: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for number, row in table.rows():
        if split and row.get("split") != split:
            continue
        try:
            grade = float(row["grade"])
        except ValueError:
            grade = math.nan
        if not (row["query"] and row["id"] and abs(grade) <= HIGHEST):
            table.skip(number, f"no query, no id, or no grade up to {HIGHEST}")
            continue
        judged[row["language"].lower(), row["query"]][row["id"]] = max(grade, 0.0)
    return {key: grades for key, grades in judged.items() if any(grades.values())}


def _gain(grades: Iterable[float]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def evaluate(judged: Mapping[tuple[str, str], Mapping[str, float]], ask: Callable[[str, str], Sequence[str]]) -> dict[str, Score]:
    """A score by language. `ask(query, language)` gives ids, the best first."""
    points: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for (language, query), grades in judged.items():
        found = list(dict.fromkeys(ask(query, language_of(language))))[:DEPTH]
        good = {key for key, grade in grades.items() if grade > 0}
        ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
        first = next((1 / place for place, key in enumerate(found, 1) if key in good), 0.0)
        ndcg = _gain(grades.get(key, 0.0) for key in found) / ideal
        points[language].append((ndcg, first, len(good.intersection(found)) / len(good), float(not found)))
    return {language: Score(len(rows), *(mean(column) for column in zip(*rows, strict=True))) for language, rows in points.items()}
