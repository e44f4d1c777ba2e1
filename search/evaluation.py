"""How well search ranks, against what people judged: nDCG@10, MRR, recall@10 and the share of questions that find nothing.

A corpus is TSV (id, language, title, text), a judgement TSV (query, language, id, grade); a header row may name the columns, in any
order and with others beside them. Rows of one id are one document in several languages.
"""

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean

from .documents import LANGUAGES, Document

CORPUS = ("id", "language", "title", "text")
JUDGEMENTS = ("query", "language", "id", "grade")
DEPTH = 10
_NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


class BadTable(ValueError):
    """A file that is no corpus or no judgements; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over `questions`, each between 0 and 1."""

    questions: int
    ndcg: float
    mrr: float
    recall: float
    nothing: float


def rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file by column name."""
    names: Sequence[str] = columns
    csv.field_size_limit(1 << 30)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if number == 1 and set(columns) <= {cell.strip().lower() for cell in cells}:
                    names = [cell.strip().lower() for cell in cells]
                elif cells:
                    if len(cells) < len(columns):
                        raise BadTable(
                            f"{path}, line {number}: {len(columns)} columns are needed, with tabs between: {', '.join(columns)}."
                        )
                    yield dict(zip(names, cells, strict=False))
    except (OSError, UnicodeDecodeError) as error:
        raise BadTable(f"{path} cannot be read as UTF-8 text: {error}") from error


def language_of(code: str) -> str:
    """The language as documents have it; "zh", "zh-CN" and the like are Chinese in simplified characters."""
    code = code.strip().lower().replace("_", "-")
    return "zh-hans" if code.startswith("zh") else code


def documents(path: Path) -> list[Document]:
    """The corpus."""
    texts: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: {"title": {}, "body": {}})
    for row in rows(path, CORPUS):
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


def judgements(path: Path, *, split: str = "") -> dict[tuple[str, str], dict[str, float]]:
    """(language, query) -> id -> grade; `split`: only rows that say so in their column "split"."""
    judged: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in rows(path, JUDGEMENTS):
        if split and row.get("split") != split:
            continue
        try:
            judged[row["language"].strip(), row["query"]][row["id"]] = float(row["grade"])
        except ValueError:
            raise BadTable(f"{path}: the grade of {row['query']!r} is no number: {row['grade']!r}.") from None
    return {key: grades for key, grades in judged.items() if any(grade > 0 for grade in grades.values())}


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
        ndcg = _gain(max(grades.get(key, 0), 0) for key in found) / ideal
        points[language].append((ndcg, first, len(good.intersection(found)) / len(good), float(not found)))
    return {language: Score(len(rows), *(mean(column) for column in zip(*rows, strict=True))) for language, rows in points.items()}
