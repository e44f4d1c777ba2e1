"""Which character separates the cells: the one under which the header and the rows agree on a width."""

import csv
import io
from collections import Counter

# In this order at equal agreement: a file with decimal commas agrees under "," too, hardly any file agrees under ";" by accident.
CANDIDATES = ("\t", ";", "|", ",")


def detect_delimiter(text: str) -> tuple[str, float]:
    """The delimiter and how well it explains the text (0 to 1; 0: no candidate occurs, a single column)."""
    best, best_score = ",", 0.0
    for delimiter in CANDIDATES:
        score = _agreement(text, delimiter)
        if score > best_score + 0.02:
            best, best_score = delimiter, score
    return best, best_score


def read_sample(text: str, delimiter: str, limit: int) -> list[list[str]]:
    """The first records of a text, read as ``csv.reader`` and so frictionless read them."""
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) >= limit:
                break
    except csv.Error:
        pass
    return rows


def _agreement(text: str, delimiter: str) -> float:
    rows = [row for row in read_sample(text, delimiter, 300) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows)
    widths.pop(1, None)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    score = count / len(rows)
    # A width that only appears after the first full row is punctuation inside cells, not structure.
    first = next(index for index, row in enumerate(rows) if len(row) == width)
    wider = sum(1 for row in rows[:first] if len(row) == 1)
    if first and len(rows) > first + 1 and wider:
        title_like = all(len(row) == 1 and not any(mark in row[0] for mark in CANDIDATES) for row in rows[:first])
        score *= 0.95 if title_like and first <= 10 else 0.4
    return score
