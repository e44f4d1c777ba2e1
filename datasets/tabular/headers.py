"""Where the header is, and the names it gives to columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .contract import Problem

MAX_TITLE_ROWS = 20
MAX_HEADER_ROWS = 4
JOIN = " – "
# ((first row, first column), (last row, last column)), from 0
Area = tuple[tuple[int, int], tuple[int, int]]
# U+200B and its kin are invisible, frequent in Khmer text, and make two equal names differ.
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad"))
_VALUE = re.compile(r"[-+]?\d[\d\s.,]*%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_YEAR = re.compile(r"(19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Header:
    """``rows`` from 1 (empty: the file has none), the labels as they stand, the names proposed, and what to tell about them."""

    rows: list[int]
    labels: list[str]
    names: list[str]
    problems: list[Problem]


def clean_name(label: str) -> str:
    """A column name without invisible characters, line breaks and outer spaces."""
    return re.sub(r"\s+", " ", label.translate(INVISIBLE)).strip()


def find_header(
    rows: Sequence[Sequence[str]], width: int, *, at: Sequence[int] | None = None, merged: Sequence[Area] | None = None
) -> Header:
    """Finds the header in the sample, or takes the rows ``at`` as it (none: no header), and names the columns after it.

    ``merged`` are the merged areas of a sheet: a label over several columns makes a header of several rows.
    """
    found = _header_rows(rows, width, merged or ()) if at is None else [number for number in at if number <= len(rows)]
    if not found:
        names = [f"column_{number}" for number in range(1, width + 1)]
        first = list(rows[0]) if rows else []
        return Header([], [], names, [Problem("no-header", {"cells": first[:20]}, row=1)] if at is None else [])
    labels = join_header(rows, found, merged)
    labels += [""] * (width - len(labels))
    problems = [Problem("title-rows", {"rows": found[0] - 1}, row=1)] if found[0] > 1 and at is None else []
    if len(found) > 1 and at is None:
        problems.append(Problem("joined-header", {"rows": found}, row=found[0]))
    names, more = _names(labels, found[-1])
    return Header(found, labels, names, problems + more)


def join_header(rows: Sequence[Sequence[str]], numbers: Sequence[int], merged: Sequence[Area] | None) -> list[str]:
    """One label a column out of the header rows ``numbers`` (from 1): "Parent – Child".

    A parent stands over its merged cells, or, where nothing is merged or told of it, over the blank cells that follow it.
    """
    lines = [[cell.strip() for cell in rows[number - 1]] for number in numbers if number <= len(rows)]
    width = max(map(len, lines), default=0)
    lines = [line + [""] * (width - len(line)) for line in lines]
    spread = [area for area in merged or () if area[0][1] < area[1][1]]
    for line, number in zip(lines[:-1], numbers, strict=False):
        for column in range(1, width if not spread else 0):
            line[column] = line[column] or line[column - 1]
        for (top, left), (bottom, right) in spread:
            if top <= number - 1 <= bottom:
                line[left : min(right + 1, width)] = [line[left]] * (min(right + 1, width) - left)
    return [JOIN.join(dict.fromkeys(part for part in parts if part)) for parts in zip(*lines, strict=True)]


def _header_rows(rows: Sequence[Sequence[str]], width: int, merged: Sequence[Area]) -> list[int]:
    start = _first_full_row(rows, width)
    if start >= len(rows):
        return [1]
    below = rows[start + 1 : start + 200]
    if _is_data(rows[start], below) or (start and not below and _only_values(rows[start])):
        # A header with gaps ("ក," over "1,2") is not full: the row above the data, if half of it is filled with words.
        above = next((index for index in range(start - 1, -1, -1) if _filled(rows[index])), None)
        if above is None or 2 * _filled(rows[above]) < width or _only_values(rows[above]):
            return []
        start = above
    first, last = start, start
    for (top, left), (bottom, right) in sorted(merged):
        # As wide as the table: a title, not a label.
        if right - left + 1 >= width > 1 or bottom >= len(rows) or not any(cell.strip() for cell in rows[top]):
            continue
        end = bottom + 1 if right > left else bottom
        if top <= last and end >= first and end < len(rows) and end - top < MAX_HEADER_ROWS and _has_children(rows[end], left, right):
            first, last = min(first, top), max(last, end)
    return list(range(first + 1, last + 2))


def _first_full_row(rows: Sequence[Sequence[str]], width: int) -> int:
    """The index of the first row of which more than half is filled; blank rows and titles stand above it."""
    enough = max(1, width // 2) if width > 1 else 0
    return next((index for index, row in enumerate(rows[:MAX_TITLE_ROWS]) if _filled(row) > enough), 0)


def _has_children(row: Sequence[str], left: int, right: int) -> bool:
    """Below a label over several columns stands a name of its own for each; below one over several rows, whatever header there is."""
    cells = [cell.strip() for cell in row[left : right + 1]]
    return not _only_values(row) and (left == right or (all(cells) and len(set(cells)) == len(cells) and not _only_values(cells)))


def _filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell.strip())


def _only_values(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    return all(_VALUE.fullmatch(cell) for cell in cells) and not all(_YEAR.fullmatch(cell) for cell in cells)


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
    seen: dict[str, list[int]] = {}
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
            seen[name].append(number)
            name = _free(f"{name}_2", wanted | set(names))
        seen.setdefault(name, [number])
        names.append(name)
    for name, numbers in seen.items():
        if len(numbers) > 1:
            problems.append(Problem("duplicate-header", {"field": name, "numbers": numbers}, row=row, field=name))
    if cleaned:
        problems.append(Problem("cleaned-header", {"fields": cleaned}, row=row))
    return names, problems


def _free(name: str, taken: set[str]) -> str:
    stem, number = re.sub(r"_\d+$", "", name), 2
    while name in taken:
        name, number = f"{stem}_{number}", number + 1
    return name
