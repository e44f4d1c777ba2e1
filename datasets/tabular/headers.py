"""Where the header is, and the names it gives to columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .contract import Problem

MAX_TITLE_ROWS = 20
# U+200B and its kin are invisible, frequent in Khmer text, and make two equal names differ.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_VALUE = re.compile(r"[-+]?\d[\d\s.,]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Header:
    """``row`` from 1 (None: the file has none), the labels as they stand, the names proposed, and what to tell about them."""

    row: int | None
    labels: list[str]
    names: list[str]
    problems: list[Problem]


def clean_name(label: str) -> str:
    """A column name without invisible characters, line breaks and outer spaces."""
    return re.sub(r"\s+", " ", label.translate(INVISIBLE)).strip()


def find_header(rows: Sequence[Sequence[str]], width: int) -> Header:
    """Finds the first full row of words in the sample and names the columns after it."""
    row = _header_row(rows, width)
    if row is None:
        names = [f"column_{number}" for number in range(1, width + 1)]
        first = list(rows[0]) if rows else []
        return Header(None, [], names, [Problem("no-header", {"cells": first[:20]}, row=1)])
    labels = [label.strip() for label in rows[row - 1]]
    problems = [Problem("title-rows", {"rows": row - 1}, row=1)] if row > 1 else []
    names, found = _names(labels, row)
    return Header(row, labels, names, problems + found)


def _header_row(rows: Sequence[Sequence[str]], width: int) -> int | None:
    start = 0
    if width > 1:
        for index, row in enumerate(rows[:MAX_TITLE_ROWS]):
            filled = sum(1 for cell in row if cell.strip())
            if filled > max(1, width // 2):
                start = index
                break
    else:
        start = next((index for index, row in enumerate(rows[:MAX_TITLE_ROWS]) if any(cell.strip() for cell in row)), 0)
    if start >= len(rows):
        return 1
    return None if _is_data(rows[start], rows[start + 1 : start + 200]) else start + 1


def _is_data(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """A first row is data where it holds values in the very columns that hold values below it. Years make fine headings."""
    values = [index for index, cell in enumerate(first) if _VALUE.fullmatch(cell.strip())]
    if not values or not rest or all(_YEAR.fullmatch(first[index].strip()) for index in values):
        return False
    below = [index for index in range(len(first)) if _mostly_values(rest, index)]
    return bool(below) and all(index in values or not first[index].strip() for index in below)


def _mostly_values(rows: Sequence[Sequence[str]], index: int) -> bool:
    cells = [row[index].strip() for row in rows if len(row) > index and row[index].strip()]
    return bool(cells) and sum(1 for cell in cells if _VALUE.fullmatch(cell)) > 0.8 * len(cells)


def _names(labels: list[str], row: int) -> tuple[list[str], list[Problem]]:
    names: list[str] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    cleaned: list[str] = []
    wanted = {clean_name(label) for label in labels}
    for number, label in enumerate(labels, start=1):
        name = clean_name(label)
        if name != label and name:
            cleaned.append(name)
        if not name:
            name = _free(f"column_{number}", wanted | set(names))
            problems.append(Problem("blank-header", {"field": name, "number": number}, row=row, field=name, cell=label))
        elif name in seen:
            problems.append(Problem("duplicate-header", {"field": name, "numbers": [seen[name], number]}, row=row, field=name, cell=label))
            name = _free(f"{name}_2", wanted | set(names))
        seen.setdefault(name, number)
        names.append(name)
    if cleaned:
        problems.append(Problem("cleaned-header", {"fields": cleaned}, row=row))
    return names, problems


def _free(name: str, taken: set[str]) -> str:
    stem, number = re.sub(r"_\d+$", "", name), 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name
